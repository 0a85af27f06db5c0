package dev.rekey.endtoend;

import dev.rekey.testbed.Etcd;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Testbed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Secrets as grown clusters hold them, made by other clients or written straight into etcd. */
final class OddSecrets {
  static final int MEBIBYTE = 1024 * 1024;

  private final Testbed testbed;
  private final PlainRequests admin;

  OddSecrets(Testbed testbed) {
    this.testbed = testbed;
    this.admin = testbed.requests();
  }

  void namespace(String name) {
    admin
        .post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"%s\"}}".formatted(name))
        .expectSuccess();
  }

  /**
   * @param more members of {@code metadata}, each with a comma before it
   * @param members further ones of the Secret itself, likewise
   */
  void create(String namespace, String name, String more, String members) {
    String json =
        """
        {"metadata": {"name": "%s"%s}, "stringData": {"value": "v"}%s}
        """
            .formatted(name, more, members);
    admin.post("/api/v1/namespaces/" + namespace + "/secrets", json).expectSuccess();
  }

  /** The largest that the API server takes: a MiB in all values together. */
  void createLargest(String namespace, String name) {
    String json =
        """
        {"metadata": {"name": "%s"}, "stringData": {"value": "%s"}}
        """
            .formatted(name, "x".repeat(MEBIBYTE));
    admin.post("/api/v1/namespaces/" + namespace + "/secrets", json).expectSuccess();
  }

  /** Nobody takes the finalizer away, so it stays with a deletionTimestamp. */
  void createHeldByFinalizer(String namespace, String name) {
    create(namespace, name, ", \"finalizers\": [\"example.com/hold\"]", "");
    admin.delete(PlainRequests.secretPath(namespace, name)).expectSuccess();
  }

  /** No controller runs here that would empty it, so it stays terminating. */
  void terminate(String namespace) {
    admin.delete("/api/v1/namespaces/" + namespace).expectSuccess();
  }

  /**
   * Plain JSON, as API servers of ten years ago stored it, past today's validation.
   *
   * @return the bytes as they lie in etcd
   */
  byte[] writePast(String namespace, String name, String type, String dataKey) {
    byte[] json =
        """
        {"kind":"Secret","apiVersion":"v1","metadata":{"name":"%s","namespace":"%s","uid":"%s",\
        "creationTimestamp":"2016-03-01T00:00:00Z"},"data":{"%s":"dmFsdWU="},"type":"%s"}"""
            .formatted(name, namespace, UUID.randomUUID(), dataKey, type)
            .getBytes(StandardCharsets.UTF_8);
    testbed.etcd().put(Etcd.secretKey(namespace, name), json);
    return json;
  }

  /** The envelope names a key that is there, and what it holds is damaged. */
  byte[] garble(String namespace, String name) {
    String key = Etcd.secretKey(namespace, name);
    byte[] value = testbed.etcd().get(key).orElseThrow().value();
    int at = new String(value, StandardCharsets.ISO_8859_1).indexOf("k8s:enc:kms:v2:");
    if (at != 0) {
      throw new IllegalStateException("not under a key: " + key);
    }
    // Within the sealed data, which comes first in the envelope, and past its header.
    int from = value.length / 4;
    byte[] garbled = value.clone();
    Arrays.fill(garbled, from, from + 8, (byte) 0x5a);
    testbed.etcd().put(key, garbled);
    return garbled;
  }
}
