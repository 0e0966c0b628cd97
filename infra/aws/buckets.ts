import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'

/** `site`: pages, assets, pictures. `files`: ticket PDFs, private. `logs`: CloudFront's and S3's own. */
export class Buckets extends Construct {
  readonly site: Bucket
  readonly files: Bucket
  readonly logs: Bucket

  constructor(scope: Construct, id: string) {
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
    this.site = new Bucket(this, 'Site', { ...basis, ...logged, serverAccessLogsPrefix: 's3-site/', versioned: true })
    this.files = new Bucket(this, 'Files', {
      ...basis,
      ...logged,
      serverAccessLogsPrefix: 's3-files/',
      versioned: true,
    })
  }
}
