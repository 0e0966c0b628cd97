/** The stack's home, and where the operator's commands look for it: CloudFront takes certificates from nowhere else. */
export const region = 'us-east-1'
