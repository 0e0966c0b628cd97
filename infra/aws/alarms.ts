import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import type { Functions } from './functions.ts'
import type { Tables } from './tables.ts'

export interface AlarmsProps {
  readonly functions: Functions
  readonly tables: Tables
  readonly mail: string | undefined
}

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
    const sweeper = functions.byName.get('sweeper')
    if (!sweeper) throw new Error('infra/functions.ts has no sweeper')
    const still = new Alarm(this, 'sweeper-still', {
      metric: sweeper.metricInvocations({ period: Duration.minutes(5) }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    })
    still.addAlarmAction(new SnsAction(this.#topic))
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
