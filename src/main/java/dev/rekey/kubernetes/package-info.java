/**
 * The API servers of a cluster, over HTTP. The only room that knows kubeconfigs, OkHttp,
 * Kubernetes' JSON and Prometheus' text. Nothing of a Secret but its name and version ever enters
 * it, and no text of the server's leaves it.
 */
@NullMarked
package dev.rekey.kubernetes;

import org.jspecify.annotations.NullMarked;
