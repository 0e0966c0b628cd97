import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import { Match, Rule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import * as lambda from 'aws-cdk-lib/aws-lambda'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { originalsPrefix } from '../../src/domain/pictures.ts'
import { type FunctionDefinition, type FunctionName, functions } from '../functions.ts'
import type { Buckets } from './buckets.ts'
import { acknowledgeWildcard, fileGrants, grantItems, grantObjects, lettersGrant, siteGrants } from './grants.ts'
import type { People } from './people.ts'
import type { Tables } from './tables.ts'

export interface FunctionsProps {
  readonly siteUrl: string
  readonly mailFrom: string
  /** Absent: search engines are not told of changed pages. */
  readonly indexNowKey: string | undefined
  /** The key id that signs tickets from now on. */
  readonly ticketKeyId: string
  /** Any text that is not the last one: CloudFormation reads secrets again only for a function that has changed. */
  readonly secretsVersion: string
  readonly tables: Tables
  readonly buckets: Buckets
  readonly people: People
}

/** Stripe opens 25 payment pages a second in live mode; a fifth of that is left for pages that are opened again. */
const admission = { paymentPagesPerSecond: 20, perAddressPerMinute: 120, perBuyerPerMinute: 10 }

/** The functions of `infra/functions.ts` from their bundles in `dist/functions`, each with exactly what its row names. */
export class Functions extends Construct {
  readonly byName: ReadonlyMap<FunctionName, lambda.Function>
  readonly urls: ReadonlyMap<FunctionName, lambda.FunctionUrl>
  readonly deadLetters: Queue
  /** `{stripeSecretKey, stripeWebhookSecret}`, filled in by the operator: see docs/operations.md. */
  readonly stripeSecret: Secret
  /** `{"1": "…"}`, as `TICKET_SECRETS` has it. */
  readonly ticketSecrets: Secret
  readonly #props: FunctionsProps
  readonly #sender: EmailIdentity

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id)
    this.#props = props
    // Until Stripe's own are there, nobody can pay, and nobody can sign a webhook either: its secret must not be a text that others know.
    this.stripeSecret = this.#secret('StripeSecret', { stripeSecretKey: 'not set' }, 'stripeWebhookSecret')
    this.ticketSecrets = this.#secret('TicketSecrets', {}, '1')
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-SMG4',
        reason: 'Stripe keys and ticket secrets are rotated by hand: see docs/operations.md.',
      },
      { id: 'AwsSolutions-SQS3', reason: 'This queue is the dead-letter queue.' },
    )
    this.#sender = new EmailIdentity(this, 'Sender', { identity: Identity.domain(mailDomain(props.mailFrom)) })
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    const byName = new Map<FunctionName, lambda.Function>()
    const urls = new Map<FunctionName, lambda.FunctionUrl>()
    for (const definition of functions) {
      const made = this.#make(definition)
      byName.set(definition.name, made)
      if (definition.trigger === 'http' || definition.trigger === 'open-http') {
        const open = definition.trigger === 'open-http'
        urls.set(
          definition.name,
          made.addFunctionUrl({
            authType: open ? lambda.FunctionUrlAuthType.NONE : lambda.FunctionUrlAuthType.AWS_IAM,
          }),
        )
      } else this.#trigger(definition, made)
    }
    // Somebody is woken for a letter as for every other dead letter: by the queue.
    new Rule(this, 'Letters', {
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [props.buckets.letters.bucketName] } },
      },
      targets: [new SqsQueue(this.deadLetters)],
    })
    this.byName = byName
    this.urls = urls
  }

  named(name: FunctionName): lambda.Function {
    const found = this.byName.get(name)
    if (!found) throw new Error(`infra/functions.ts has no ${name}`)
    return found
  }

  /**
   * One whose value under `generated` AWS makes up, so that a first deployment finds every key that it resolves. Whoever changes what
   * it is made by has it made anew: tickets that are sold would scan no more.
   */
  #secret(id: string, template: Readonly<Record<string, string>>, generated: string): Secret {
    return new Secret(this, id, {
      removalPolicy: RemovalPolicy.RETAIN,
      generateSecretString: {
        secretStringTemplate: JSON.stringify(template),
        generateStringKey: generated,
        passwordLength: 48,
        excludePunctuation: true,
      },
    })
  }

  #secretsFor({ usesStripe, usesTicketSecrets }: FunctionDefinition): Record<string, string> {
    const { ticketKeyId, secretsVersion } = this.#props
    const ofStripe = (key: string): string => this.stripeSecret.secretValueFromJson(key).unsafeUnwrap()
    return {
      ...(usesStripe && {
        STRIPE_SECRET_KEY: ofStripe('stripeSecretKey'),
        STRIPE_WEBHOOK_SECRET: ofStripe('stripeWebhookSecret'),
      }),
      ...(usesTicketSecrets && {
        TICKET_SECRETS: this.ticketSecrets.secretValue.unsafeUnwrap(),
        TICKET_KEY_ID: ticketKeyId,
      }),
      ...((usesStripe || usesTicketSecrets) && { SECRETS_VERSION: secretsVersion }),
    }
  }

  #make(definition: FunctionDefinition): lambda.Function {
    const { tables, buckets, siteUrl, mailFrom, people } = this.#props
    const logGroup = new LogGroup(this, `${definition.name}-logs`, { retention: RetentionDays.THREE_MONTHS })
    const role = new Role(this, `${definition.name}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    const made = new lambda.Function(this, definition.name, {
      code: lambda.Code.fromAsset(`dist/functions/${definition.name}`, { exclude: ['*.map'] }),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: definition.memoryMb,
      timeout: Duration.seconds(definition.timeoutSeconds),
      role,
      logGroup,
      environment: {
        SITE_URL: siteUrl,
        CATALOG_TABLE: tables.catalog.tableName,
        SALES_TABLE: tables.sales.tableName,
        SITE_BUCKET: buckets.site.bucketName,
        SITE_RENDERER: '/var/task/site/entry.mjs',
        FILES_BUCKET: buckets.files.bucketName,
        COGNITO_USER_POOL_ID: people.pool.userPoolId,
        COGNITO_CLIENT_ID: people.client.userPoolClientId,
        ...this.#secretsFor(definition),
        MAIL_FROM: mailFrom,
        ADMISSION: JSON.stringify(admission),
        ...definition.environment,
        ...(this.#props.indexNowKey === undefined ? {} : { INDEXNOW_KEY: this.#props.indexNowKey }),
      },
    })
    grantItems(tables.catalog, 'catalog', made, definition.catalog)
    grantItems(tables.sales, 'sales', made, definition.sales)
    grantObjects(buckets.site, role, siteGrants[definition.siteBucket])
    grantObjects(buckets.files, role, fileGrants[definition.filesBucket])
    if (definition.sendsMail) {
      made.addToRolePolicy(
        new PolicyStatement({
          actions: ['ses:SendEmail', 'ses:SendRawEmail'],
          resources: [this.#sender.emailIdentityArn],
        }),
      )
    }
    return made
  }

  #trigger(definition: FunctionDefinition, made: lambda.Function): void {
    if (definition.trigger === 'uploads') {
      // Twice more after a failure, as Lambda does with asynchronous calls, then somebody is woken.
      made.configureAsyncInvoke({ retryAttempts: 2, onFailure: new SqsDestination(this.deadLetters) })
      new Rule(this, 'Uploads', {
        eventPattern: {
          source: ['aws.s3'],
          detailType: ['Object Created'],
          detail: {
            bucket: { name: [this.#props.buckets.files.bucketName] },
            object: { key: Match.prefix(originalsPrefix) },
          },
        },
        targets: [new LambdaFunction(made, { deadLetterQueue: this.deadLetters })],
      })
      return
    }
    if (definition.trigger === 'clock' || definition.eachMinute) this.#callEachMinute(definition, made)
    if (definition.trigger === 'clock') return
    const { tables } = this.#props
    made.addEventSource(
      new DynamoEventSource(definition.trigger === 'catalog-stream' ? tables.catalog : tables.sales, {
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 20,
        onFailure: lettersTo(this.#props.buckets.letters),
      }),
    )
  }

  #callEachMinute({ name, eachMinute }: FunctionDefinition, made: lambda.Function): void {
    const inputs = eachMinute ? eachMinute.map((event) => ({ input: ScheduleTargetInput.fromObject(event) })) : [{}]
    for (const [at, input] of inputs.entries())
      new Schedule(this, at === 0 ? `${name}-clock` : `${name}-clock-${at}`, {
        schedule: ScheduleExpression.rate(Duration.minutes(1)),
        target: new LambdaInvoke(made, { ...input, retryAttempts: 0, deadLetterQueue: this.deadLetters }),
      })
    // What fails is gone on with at the next minute. An operator's call that is repeated would begin everything again.
    made.configureAsyncInvoke({ retryAttempts: 0 })
    acknowledgeWildcard(Stack.of(this), made, ':*', 'The scheduler may call any version of this one function.')
  }
}

/** S3 keeps what the function was called with; a queue would be told no more than where in the stream it had stood, which is forgotten after a day. */
const lettersTo = (bucket: s3.Bucket): lambda.IEventSourceDlq => ({
  bind(_, { role }) {
    if (!(role instanceof Role)) throw new Error('a function has no role of its own')
    grantObjects(bucket, role, lettersGrant)
    return { destination: bucket.bucketArn }
  },
})

const mailDomain = (mailFrom: string): string => mailFrom.slice(mailFrom.lastIndexOf('@') + 1).replace('>', '')
