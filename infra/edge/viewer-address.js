// CloudFront Functions, JavaScript runtime 2.0. Runs before every function of the API.

/**
 * Tells the function who asks. CloudFront's own header of that kind cannot be forwarded without the viewer's Host, which a function
 * URL refuses; one of this name that a viewer sends is written over.
 */
// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name.
function handler(event) {
  const request = event.request
  request.headers['x-viewer-address'] = { value: event.viewer.ip }
  return request
}
