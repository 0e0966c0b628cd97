import { CfnOutput, Stack, Tags, Validations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { region } from '../region.ts'
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
  readonly ticketKeyId: string
  readonly secretsVersion: string
  readonly alarmMail: string | undefined
}

/** Everything one organiser's Marquee consists of; costs about two dollars a month while nobody buys. */
export class MarqueeStack extends Stack {
  constructor(scope: Construct, id: string, props: MarqueeProps) {
    super(scope, id, { env: { region } })
    const siteUrl = `https://${props.siteDomain}`
    const tables = new Tables(this, 'Tables')
    const buckets = new Buckets(this, 'Buckets', { siteUrl })
    const people = new People(this, 'People')
    const functions = new Functions(this, 'Functions', {
      ...props,
      siteUrl,
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
      {
        id: 'AwsSolutions-COG8',
        reason: 'The plus plan is priced for each user; a Marquee costs two dollars a month while idle.',
      },
      { id: 'AwsSolutions-CFR1', reason: 'Tickets are sold to every country.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'A WAF costs more a month than an idle Marquee; admission is limited in the API.',
      },
    )
    Tags.of(this).add('product', 'marquee')
    this.#say({
      DistributionDomain: edge.distribution.distributionDomainName,
      CatalogTable: tables.catalog.tableName,
      SalesTable: tables.sales.tableName,
      SiteBucket: buckets.site.bucketName,
      FilesBucket: buckets.files.bucketName,
      LettersBucket: buckets.letters.bucketName,
      DeadLettersQueue: functions.deadLetters.queueUrl,
      StripeSecret: functions.stripeSecret.secretArn,
      TicketSecrets: functions.ticketSecrets.secretArn,
      PublisherFunction: functions.named('publisher').functionName,
      SharingFunction: functions.named('sharing').functionName,
      UserPoolId: people.pool.userPoolId,
      UserPoolClientId: people.client.userPoolClientId,
    })
  }

  /** What the deployment prints, and the commands in docs/operations.md name. */
  #say(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value })
  }
}
