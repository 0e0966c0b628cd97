import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { FilterPattern, type IFilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { FunctionName } from '../functions.ts'
import type { Functions } from './functions.ts'
import type { Tables } from './tables.ts'

export interface AlarmsProps {
  readonly functions: Functions
  readonly tables: Tables
  readonly mail: string | undefined
}

interface AlarmingLine {
  readonly id: string
  readonly in: FunctionName
  readonly pattern: IFilterPattern
  /** In a row. */
  readonly minutes: number
}

const isMessage = (text: string) => FilterPattern.stringValue('$.message', '=', text)
const failures = (of: string) => FilterPattern.numberValue(`$.${of}.failed`, '>', 0)

/** Log lines that say that money or stock is not where it should be. One failure of the sweeper is tried again in the next minute. */
const alarmingLines: readonly AlarmingLine[] = [
  { id: 'refund-failed', in: 'fulfilment', pattern: isMessage('a refund failed'), minutes: 1 },
  { id: 'payment-misfit', in: 'webhooks', pattern: isMessage('a payment does not fit its order'), minutes: 1 },
  {
    id: 'sweeper-failures',
    in: 'sweeper',
    pattern: FilterPattern.all(isMessage('swept'), FilterPattern.any(failures('orders'), failures('cancellations'))),
    minutes: 3,
  },
  // A page that fails in a full publish is tried again each minute, three times.
  { id: 'page-not-published', in: 'publisher', pattern: isMessage('page not published'), minutes: 3 },
]

/** What must wake somebody: work that was given up, functions that fail, a sweeper that stands still. */
export class Alarms extends Construct {
  readonly #topic: Topic

  constructor(scope: Construct, id: string, { functions, mail }: AlarmsProps) {
    super(scope, id)
    this.#topic = new Topic(this, 'Topic', { enforceSSL: true })
    if (mail) this.#topic.addSubscription(new EmailSubscription(mail))
    const minute = { period: Duration.minutes(1) }
    this.#alarm('DeadLetters', functions.deadLetters.metricApproximateNumberOfMessagesVisible(minute), 1, 1)
    for (const [name, made] of functions.byName) this.#alarm(`${name}-errors`, made.metricErrors(minute), 3, 3)
    for (const line of alarmingLines) this.#listen(functions.named(line.in), line)
    const still = new Alarm(this, 'sweeper-still', {
      metric: functions.named('sweeper').metricInvocations({ period: Duration.minutes(5) }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    })
    still.addAlarmAction(new SnsAction(this.#topic))
  }

  #listen({ logGroup }: LambdaFunction, { id, pattern, minutes }: AlarmingLine): void {
    const metricName = id
    const filter = new MetricFilter(this, `${id}-lines`, {
      ...{ logGroup, metricNamespace: 'Marquee', metricName },
      filterPattern: pattern,
    })
    this.#alarm(id, filter.metric({ statistic: 'Sum', period: Duration.minutes(1) }), 1, minutes)
  }

  #alarm(id: string, metric: IMetric, threshold: number, evaluationPeriods: number): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(this.#topic))
  }
}
