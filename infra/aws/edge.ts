import { readFileSync } from 'node:fs'
import { Duration, Stack, Validations } from 'aws-cdk-lib'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront'
import { FunctionUrlOrigin, OriginGroup, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { FunctionName } from '../functions.ts'
import { type HeaderOrigins, type HeaderPolicy, headerPolicies, securityHeaders } from '../headers.ts'
import { type Route, routes } from '../routes.ts'
import type { Functions } from './functions.ts'

export interface EdgeProps {
  readonly siteDomain: string
  readonly certificateArn: string | undefined
  readonly siteBucket: Bucket
  readonly filesBucket: Bucket
  readonly logs: Bucket
  readonly functions: Functions
}

/** The distribution: one behaviour for each row of `infra/routes.ts`. */
export class Edge extends Construct {
  readonly distribution: cloudfront.Distribution
  readonly #origins = new Map<string, cloudfront.IOrigin>()
  readonly #headers: ReadonlyMap<HeaderPolicy, cloudfront.ResponseHeadersPolicy>
  readonly #props: EdgeProps
  readonly #viewerRequest: cloudfront.Function
  readonly #viewerAddress: cloudfront.Function
  readonly #originCache: cloudfront.CachePolicy

  constructor(scope: Construct, id: string, props: EdgeProps) {
    super(scope, id)
    this.#props = props
    this.#viewerRequest = this.#edgeFunction('ViewerRequest', 'viewer-request.js')
    this.#viewerAddress = this.#edgeFunction('ViewerAddress', 'viewer-address.js')
    this.#originCache = new cloudfront.CachePolicy(this, 'OriginDecides', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    })
    const origins = {
      cognito: `https://cognito-idp.${Stack.of(this).region}.amazonaws.com`,
      uploads: `https://${props.filesBucket.bucketRegionalDomainName}`,
    }
    this.#headers = new Map(headerPolicies.map((policy) => [policy, this.#headersPolicy(policy, origins)]))

    const rest = routes.at(-1)
    if (rest?.pattern !== '*') throw new Error('the last route must match everything')
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      ...(props.certificateArn
        ? {
            domainNames: [props.siteDomain],
            minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', props.certificateArn),
          }
        : {}),
      defaultBehavior: this.#behaviour(rest),
      additionalBehaviors: Object.fromEntries(
        routes.slice(0, -1).map((route) => [route.pattern, this.#behaviour(route)]),
      ),
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_ALL,
      logBucket: props.logs,
      logFilePrefix: 'cloudfront/',
    })
    Validations.of(this.distribution).acknowledge({
      id: '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      reason: 'The default root object and the viewer-request function keep the bucket from being listed.',
    })
    if (!props.certificateArn) {
      const reason = "Without a domain of one's own CloudFront uses its own certificate, whose policy is fixed."
      Validations.of(this.distribution).acknowledge({ id: 'AwsSolutions-CFR4', reason })
    }
  }

  #edgeFunction(id: string, file: string): cloudfront.Function {
    return new cloudfront.Function(this, id, {
      code: cloudfront.FunctionCode.fromInline(readFileSync(new URL(`../edge/${file}`, import.meta.url), 'utf8')),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    })
  }

  #behaviour(route: Route): cloudfront.BehaviorOptions {
    const headers = this.#headers.get(route.headers)
    if (!headers) throw new Error(`no header policy ${route.headers}`)
    const { AllowedMethods, CachePolicy, OriginRequestPolicy, ViewerProtocolPolicy } = cloudfront
    return {
      origin: this.#origin(route),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: route.methods === 'all' ? AllowedMethods.ALLOW_ALL : AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachePolicy: route.caching === 'none' ? CachePolicy.CACHING_DISABLED : this.#originCache,
      ...('function' in route.target ? { originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER } : {}),
      responseHeadersPolicy: headers,
      compress: true,
      // Addresses of pages are tidied; those of the API reach their function as they are, with the viewer's own address.
      functionAssociations: [
        {
          function: 'function' in route.target ? this.#viewerAddress : this.#viewerRequest,
          eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
        },
      ],
    }
  }

  #origin(route: Route): cloudfront.IOrigin {
    const name = 'function' in route.target ? route.target.function : 'site'
    const made = this.#origins.get(name) ?? this.#makeOrigin(route)
    this.#origins.set(name, made)
    return made
  }

  #makeOrigin({ target }: Route): cloudfront.IOrigin {
    if (!('function' in target)) return this.#siteOrigin()
    return this.#functionOrigin(target.function)
  }

  /** The bucket, and where it has no such object the function that answers with the 404 page. */
  #siteOrigin(): cloudfront.IOrigin {
    return new OriginGroup({
      primaryOrigin: S3BucketOrigin.withOriginAccessControl(this.#props.siteBucket, {
        originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
      }),
      fallbackOrigin: this.#functionOrigin('missing'),
      fallbackStatusCodes: [404],
    })
  }

  #functionOrigin(name: FunctionName): cloudfront.IOrigin {
    const url = this.#props.functions.urls.get(name)
    if (!url) throw new Error(`${name} has no function URL, but a route`)
    return name === 'webhooks' ? new FunctionUrlOrigin(url) : FunctionUrlOrigin.withOriginAccessControl(url)
  }

  #headersPolicy(policy: HeaderPolicy, origins: HeaderOrigins): cloudfront.ResponseHeadersPolicy {
    const headers = securityHeaders(policy, origins)
    const { HeadersFrameOption, HeadersReferrerPolicy } = cloudfront
    const custom = ['permissions-policy', 'cross-origin-opener-policy'].filter((header) => headers[header])
    return new cloudfront.ResponseHeadersPolicy(this, `Headers-${policy}`, {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: headers['content-security-policy'] ?? '', override: true },
        contentTypeOptions: { override: true },
        ...(headers['x-frame-options'] && { frameOptions: { frameOption: HeadersFrameOption.DENY, override: true } }),
        ...(headers['referrer-policy'] && {
          referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
        }),
        ...(headers['strict-transport-security'] && {
          strictTransportSecurity: {
            accessControlMaxAge: Duration.days(730),
            includeSubdomains: true,
            preload: true,
            override: true,
          },
        }),
      },
      ...(custom.length > 0 && {
        customHeadersBehavior: {
          customHeaders: custom.map((header) => ({ header, value: headers[header] ?? '', override: true })),
        },
      }),
    })
  }
}
