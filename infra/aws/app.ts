import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { MarqueeStack } from './marquee-stack.ts'

const require = createRequire(import.meta.url)
const flagsFile = require.resolve('aws-cdk-lib/recommended-feature-flags.json')
const recommendedFlags: Record<string, unknown> = JSON.parse(readFileSync(flagsFile, 'utf8'))

const app = new App({
  outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
  postCliContext: { ...recommendedFlags, '@aws-cdk/core:validateAgainstDefaultRules': true },
})
const context = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
new MarqueeStack(app, 'Marquee', {
  siteDomain: context('siteDomain') ?? 'tickets.example.com',
  certificateArn: context('certificateArn'),
  mailFrom: context('mailFrom') ?? 'tickets@tickets.example.com',
  alarmMail: context('alarmMail'),
  indexNowKey: context('indexNowKey'),
  ticketKeyId: context('ticketKeyId') ?? '1',
  secretsVersion: context('secretsVersion') ?? '1',
})
app.synth()
