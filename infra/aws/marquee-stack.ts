import { CfnOutput, Stack, Tags, Validations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { Alarms } from './alarms.ts'
import { Buckets } from './buckets.ts'
import { Edge } from './edge.ts'
import { Functions } from './functions.ts'
import { People } from './people.ts'
import { Tables } from './tables.ts'

export interface MarqueeProps {
  /** Host name of the site, with its certificate in us-east-1. */
  readonly siteDomain: string
  /** Absent: CloudFront's own certificate and host name. */
  readonly certificateArn: string | undefined
  readonly mailFrom: string
  readonly indexNowKey: string | undefined
  readonly alarmMail: string | undefined
}

/** Everything one organiser's Marquee consists of; costs cents a month while nobody buys. */
export class MarqueeStack extends Stack {
  constructor(scope: Construct, id: string, props: MarqueeProps) {
    super(scope, id, { env: { region: 'us-east-1' } })
    const siteUrl = `https://${props.siteDomain}`
    const tables = new Tables(this, 'Tables')
    const buckets = new Buckets(this, 'Buckets', { siteUrl })
    const people = new People(this, 'People')
    const functions = new Functions(this, 'Functions', {
      siteUrl,
      mailFrom: props.mailFrom,
      indexNowKey: props.indexNowKey,
      tables,
      buckets,
      people,
    })
    const edge = new Edge(this, 'Edge', {
      ...props,
      siteBucket: buckets.site,
      filesBucket: buckets.files,
      logs: buckets.logs,
      functions,
    })
    new Alarms(this, 'Alarms', { functions, tables, mail: props.alarmMail })

    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-COG2', reason: 'Attendees sign in with a password; organisers may turn on a one-time code.' },
      { id: 'AwsSolutions-COG8', reason: 'The plus plan is priced for each user; a Marquee costs cents while idle.' },
      { id: 'AwsSolutions-CFR1', reason: 'Tickets are sold to every country.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'A WAF costs more a month than an idle Marquee; admission is limited in the API.',
      },
    )
    Tags.of(this).add('product', 'marquee')
    new CfnOutput(this, 'DistributionDomain', { value: edge.distribution.distributionDomainName })
    new CfnOutput(this, 'SiteBucket', { value: buckets.site.bucketName })
    new CfnOutput(this, 'LettersBucket', { value: buckets.letters.bucketName })
    new CfnOutput(this, 'UserPoolId', { value: people.pool.userPoolId })
    new CfnOutput(this, 'UserPoolClientId', { value: people.client.userPoolClientId })
  }
}
