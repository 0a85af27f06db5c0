package dev.rekey.kubernetes;

import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * How an API server is asked for names and versions and nothing else: as the table that {@code
 * kubectl get} prints, without the objects behind its rows. Metadata alone would bring annotations,
 * and {@code kubectl.kubernetes.io/last-applied-configuration} can hold a whole Secret.
 */
final class NamesOnly {
  /**
   * Alone: with a plain {@code application/json} beside it the server may answer with whole
   * Secrets.
   */
  static final String ACCEPT = "application/json;as=Table;g=meta.k8s.io;v=v1";

  private NamesOnly() {}

  /** Left out, each row comes with its object's metadata, annotations too. */
  static HttpUrl.Builder withoutObjects(HttpUrl.Builder url) {
    return url.addQueryParameter("includeObject", "None");
  }

  static Request.Builder request(HttpUrl.Builder url) {
    return new Request.Builder().url(withoutObjects(url).build()).header("Accept", ACCEPT);
  }
}
