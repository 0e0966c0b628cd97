import { startS3Server } from '#infra/local/s3/server.ts'

/** An S3 server in a process of its own, so that a test can kill it. Its options are the first argument, as JSON. */
const { url } = await startS3Server(JSON.parse(process.argv[2] ?? '{}'))
process.send?.(url)
