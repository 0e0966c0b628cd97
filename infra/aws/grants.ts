import { CfnResource, Stack, Validations } from 'aws-cdk-lib'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam'
import type * as lambda from 'aws-cdk-lib/aws-lambda'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct, IConstruct } from 'constructs'
import { originalsPrefix } from '../../src/domain/pictures.ts'
import type { FunctionDefinition } from '../functions.ts'
import { type TableDefinition, tables as tableDefinitions } from '../tables.ts'

/** Of the item in the catalog that says how far the full publish has come: see functions/store/keys.ts. */
const progressPartition = 'PUBLISHING'

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem']
const writeActions = [...readActions, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem']

/** Named indexes instead of `index/*`. */
export function grantItems(
  table: TableV2,
  name: TableDefinition['name'],
  to: lambda.Function,
  access: FunctionDefinition['catalog'],
): void {
  if (access === 'none') return
  if (access === 'progress') {
    const conditions = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [progressPartition] } }
    to.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
        resources: [table.tableArn],
        conditions,
      }),
    )
  }
  const indexes = tableDefinitions.find((definition) => definition.name === name)?.indexes ?? []
  to.addToRolePolicy(
    new PolicyStatement({ actions: access === 'write' ? writeActions : readActions, resources: [table.tableArn] }),
  )
  to.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: indexes.map((index) => `${table.tableArn}/index/${index.name}`),
    }),
  )
}

interface ObjectGrant {
  readonly actions: readonly string[]
  /** Which objects. */
  readonly keys: string
  /** Without it a missing key answers 403 instead of 404. */
  readonly lists: boolean
}

const get = 's3:GetObject'
const put = 's3:PutObject'
const remove = 's3:DeleteObject'

/** What is left of a record that failed is put there. */
export const lettersGrant: ObjectGrant = { actions: [put], keys: '*', lists: true }

export const siteGrants: Readonly<Record<FunctionDefinition['siteBucket'], ObjectGrant | null>> = {
  none: null,
  read: { actions: [get], keys: '*', lists: true },
  write: { actions: [get, put, remove], keys: '*', lists: true },
  media: { actions: [get, put, remove], keys: 'media/*', lists: true },
}

export const fileGrants: Readonly<Record<FunctionDefinition['filesBucket'], ObjectGrant | null>> = {
  none: null,
  read: { actions: [get], keys: '*', lists: true },
  write: { actions: [get, put, remove], keys: '*', lists: true },
  send: { actions: [put], keys: `${originalsPrefix}*`, lists: false },
  take: { actions: [get, remove], keys: `${originalsPrefix}*`, lists: true },
}

export function grantObjects(bucket: s3.Bucket, to: Role, grant: ObjectGrant | null): void {
  if (!grant) return
  const { actions, keys, lists } = grant
  to.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [bucket.arnForObjects(keys)] }))
  if (lists) to.addToPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }))
  acknowledgeWildcard(to, bucket, `/${keys}`, 'Objects of this one bucket: keys are made at run time.')
}

/** cdk-nag names a wildcard by the logical id of the resource that it widens. */
export function acknowledgeWildcard(on: IConstruct, resource: Construct, wildcard: string, reason: string): void {
  const child = resource.node.defaultChild
  if (!CfnResource.isCfnElement(child)) throw new Error(`${resource.node.path} has no resource of its own`)
  const logicalId: unknown = Stack.of(resource).resolve(child.logicalId)
  Validations.of(on).acknowledge({ id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>${wildcard}]`, reason })
}
