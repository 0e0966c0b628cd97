import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  CfnBucket,
  HttpMethods,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { originalsPrefix } from '../../src/domain/pictures.ts'

/** What was replaced or deleted can be brought back for so long; nobody pays for it afterwards. */
const keptVersions: LifecycleRule = {
  noncurrentVersionExpiration: Duration.days(30),
  expiredObjectDeleteMarker: true,
  abortIncompleteMultipartUploadAfter: Duration.days(7),
}

/**
 * `site`: pages, assets, pictures. `files`: ticket PDFs, private. `letters`: stream records that were given up. `logs`: CloudFront's and
 * S3's own.
 */
export class Buckets extends Construct {
  readonly site: Bucket
  readonly files: Bucket
  readonly letters: Bucket
  readonly logs: Bucket

  constructor(scope: Construct, id: string, { siteUrl }: { readonly siteUrl: string }) {
    super(scope, id)
    const basis: BucketProps = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    }
    this.logs = new Bucket(this, 'Logs', {
      ...basis,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    })
    const logged = { serverAccessLogsBucket: this.logs }
    this.site = new Bucket(this, 'Site', {
      ...basis,
      ...logged,
      serverAccessLogsPrefix: 's3-site/',
      versioned: true,
      lifecycleRules: [keptVersions],
    })
    this.files = new Bucket(this, 'Files', {
      ...basis,
      ...logged,
      serverAccessLogsPrefix: 's3-files/',
      versioned: true,
      // The desk sends originals of pictures by signed forms; whoever else could is refused by their policy.
      cors: [{ allowedOrigins: [siteUrl], allowedMethods: [HttpMethods.POST], allowedHeaders: ['*'], maxAge: 3600 }],
      // An original lives until it has been read; one that nobody could read, and what versioning keeps of the others, for a day.
      lifecycleRules: [
        { prefix: originalsPrefix, expiration: Duration.days(1), noncurrentVersionExpiration: Duration.days(1) },
        keptVersions,
      ],
    })
    this.letters = new Bucket(this, 'Letters', {
      ...basis,
      ...logged,
      serverAccessLogsPrefix: 's3-letters/',
      lifecycleRules: [{ expiration: Duration.days(30) }],
    })
    announce(this.files)
    announce(this.letters)
  }
}

/** New objects are told to EventBridge. By the resource itself: the construct's own way deploys a function with rights on all buckets. */
function announce(bucket: Bucket): void {
  const { defaultChild } = bucket.node
  if (!(defaultChild instanceof CfnBucket)) throw new Error('a bucket is no bucket')
  defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }
}
