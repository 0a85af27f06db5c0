package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.operation.KmsExperience;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which way of encryption a cluster is on, by the body that ARM shows.
 *
 * <ol>
 *   <li>Encrypted by the platform: observed only, whatever else the body says.
 *   <li>Customer's key off: none.
 *   <li>Customer's key without a version: AKS follows the newest version by itself; a rotation by
 *       us would fight it.
 *   <li>Customer's key with a version, on Kubernetes 1.27 or later, where KMS v2 is the default:
 *       ours.
 *   <li>Anything else is unproved, so nothing is changed.
 * </ol>
 */
final class ExperienceRule {
  private static final Pattern WITHOUT_VERSION = Pattern.compile("https://[^/]+/keys/[^/]+/?");
  private static final Pattern WITH_VERSION = Pattern.compile("https://[^/]+/keys/[^/]+/[^/]+");
  private static final Pattern KUBERNETES = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\.\\d+)?");

  private ExperienceRule() {}

  static KmsExperience of(JsonNode body) {
    JsonNode profile = body.at("/properties/securityProfile");
    if (isEnabled(
        profile.at("/kubernetesResourceObjectEncryptionProfile/infrastructureEncryption"))) {
      return KmsExperience.PLATFORM_MANAGED;
    }
    JsonNode kms = profile.path("azureKeyVaultKms");
    if (!kms.path("enabled").asBoolean(false)) {
      return KmsExperience.NONE;
    }
    String keyId = kms.path("keyId").asText("");
    if (WITHOUT_VERSION.matcher(keyId).matches()) {
      return KmsExperience.PLATFORM_MANAGED;
    }
    boolean ours = WITH_VERSION.matcher(keyId).matches() && isKmsV2(body.path("properties"));
    return ours ? KmsExperience.VERSIONED_KEY : KmsExperience.UNPROVED;
  }

  private static boolean isEnabled(JsonNode member) {
    return "enabled".equalsIgnoreCase(member.asText(""));
  }

  private static boolean isKmsV2(JsonNode properties) {
    String wanted = properties.path("kubernetesVersion").asText("");
    Matcher version =
        KUBERNETES.matcher(properties.path("currentKubernetesVersion").asText(wanted));
    if (!version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major > 1 || (major == 1 && minor >= 27);
  }
}
