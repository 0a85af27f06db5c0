package dev.rekey.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The shapes in which real clusters hold Secrets, each awkward in its own way. */
enum SecretShape {
  OPAQUE {
    @Override
    void fill(ObjectNode secret, String value) {
      secret.withObject("/stringData").put("value", value);
    }
  },
  /** Its data can't be changed by anyone, yet it must be re-encrypted. */
  IMMUTABLE {
    @Override
    void fill(ObjectNode secret, String value) {
      secret.put("immutable", true).withObject("/stringData").put("value", value);
    }
  },
  DOCKER_CONFIG {
    @Override
    void fill(ObjectNode secret, String value) {
      String config = "{\"auths\":{\"registry.example\":{\"username\":\"u\",\"password\":\"%s\"}}}";
      secret.put("type", "kubernetes.io/dockerconfigjson");
      secret.withObject("/stringData").put(".dockerconfigjson", config.formatted(value));
    }
  },
  /** Belongs to a service account, which must exist. */
  SERVICE_ACCOUNT_TOKEN {
    @Override
    void fill(ObjectNode secret, String value) {
      secret.put("type", "kubernetes.io/service-account-token");
      annotations(secret).put("kubernetes.io/service-account.name", SERVICE_ACCOUNT);
      secret.withObject("/stringData").put("token", value);
    }
  },
  /** kubectl apply puts the whole manifest, value and all, into the metadata. */
  LAST_APPLIED {
    @Override
    void fill(ObjectNode secret, String value) {
      secret.withObject("/stringData").put("value", value);
      ObjectNode applied = new ObjectMapper().createObjectNode();
      applied
          .withObject("/stringData")
          .put("value", value.substring(0, Math.min(value.length(), MAX_APPLIED)));
      annotations(secret)
          .put("kubectl.kubernetes.io/last-applied-configuration", applied.toString());
    }
  };

  static final String SERVICE_ACCOUNT = "seeded";

  /** All annotations of an object together may have 256 KiB. */
  private static final int MAX_APPLIED = 100_000;

  abstract void fill(ObjectNode secret, String value);

  private static ObjectNode annotations(ObjectNode secret) {
    return secret.withObject("/metadata").withObjectProperty("annotations");
  }
}
