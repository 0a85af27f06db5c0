package dev.rekey.kubernetes;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wording of kube-apiserver (read in 1.36.3 and seen in runs) by which refusals are told apart
 * that share a status code. Policies and webhooks write the rest of a message freely, so their own
 * patterns are anchored at the start and come before the words of decryption.
 */
final class ServerTexts {
  /**
   * {@code <plugin> 'p' with binding 'b' denied request}, or without a binding if the policy itself
   * is broken.
   */
  private static final Pattern POLICY =
      Pattern.compile(
          "^\\S+ \"[^\"]*\" is forbidden: "
              + "(?:ValidatingAdmissionPolicy|MutatingAdmissionPolicy|policy) ['\"]([^'\"]*)['\"]"
              + "(?: with binding ['\"][^'\"]*['\"])? denied request");

  private static final Pattern WEBHOOK =
      Pattern.compile("^admission webhook \"([^\"]*)\" denied the request");

  /** Its configuration names side effects, so the API server doesn't call it for a dry run. */
  private static final Pattern WEBHOOK_WITHOUT_DRY_RUN =
      Pattern.compile("^admission webhook \"([^\"]*)\" does not support dry run");

  private static final Pattern WEBHOOK_FAILED =
      Pattern.compile("^(?:Internal error occurred: )?failed calling webhook \"([^\"]*)\"");

  /** An API server that has just started refuses what its admission plugins can't judge yet. */
  private static final Pattern ADMISSION_NOT_READY =
      Pattern.compile("^\\S+ \"[^\"]*\" is forbidden: not yet ready to handle request$");

  /**
   * Whatever the prefix of the server's keys; the last two parts are namespace and name. No group
   * is repeated: Java would recurse for each of its turns, and a long text would end in a stack
   * overflow.
   */
  private static final Pattern UNTRANSFORMABLE =
      Pattern.compile(
          "^(?:Internal error occurred: )?unable to transform key "
              + "\"/[A-Za-z0-9._/-]+/([a-z0-9.-]+)/([a-z0-9.-]+)\": ");

  private static final String STORAGE_REINITIALISING = "storage is (re)initializing";

  /** Names of webhooks and policies are DNS subdomains. Anything else is not repeated. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

  private static final List<String> DECRYPTION =
      List.of(
          // No configured provider has the stored value's prefix.
          "no matching prefix found",
          // The KMS plugin has been unable to decrypt the data key since the server started.
          "got unexpected nil transformer",
          // The KMS plugin has been unable to encrypt with the current key for minutes: writing
          // fails, not reading.
          "encryptedDEKSource with keyID hash",
          "failed to decrypt DEK",
          "unable to transform key",
          "identity transformer tried to read encrypted data",
          // The local ciphers' words for a wrong key: aescbc, aesgcm, secretbox.
          "invalid padding on input",
          "invalid PKCS7 data",
          "cipher: message authentication failed",
          "output array was not large enough for encryption");

  private ServerTexts() {}

  static boolean isPolicyDenial(Refusal refusal) {
    return POLICY.matcher(refusal.message()).find();
  }

  static @Nullable String policy(Refusal refusal) {
    return name(POLICY, refusal);
  }

  static boolean isWebhookDenial(Refusal refusal) {
    return WEBHOOK.matcher(refusal.message()).find();
  }

  static @Nullable String webhook(Refusal refusal) {
    return name(WEBHOOK, refusal);
  }

  static boolean isWebhookWithoutDryRun(Refusal refusal) {
    return WEBHOOK_WITHOUT_DRY_RUN.matcher(refusal.message()).find();
  }

  static @Nullable String webhookWithoutDryRun(Refusal refusal) {
    return name(WEBHOOK_WITHOUT_DRY_RUN, refusal);
  }

  static boolean isWebhookFailure(Refusal refusal) {
    return WEBHOOK_FAILED.matcher(refusal.message()).find();
  }

  static @Nullable String failedWebhook(Refusal refusal) {
    return name(WEBHOOK_FAILED, refusal);
  }

  static boolean isAdmissionNotReady(Refusal refusal) {
    return ADMISSION_NOT_READY.matcher(refusal.message()).find();
  }

  static boolean isStorageReinitialising(Refusal refusal) {
    return refusal.message().contains(STORAGE_REINITIALISING);
  }

  static boolean isDecryption(Refusal refusal) {
    return refusal.reason().equals("StorageReadError")
        || DECRYPTION.stream().anyMatch(refusal.message()::contains);
  }

  /**
   * The Secret that a list could not be read past.
   *
   * @return its name; null if the words aren't the known ones, or speak of another namespace
   */
  static @Nullable String untransformable(Refusal refusal, String namespace) {
    Matcher found = UNTRANSFORMABLE.matcher(refusal.message());
    if (!found.find() || !namespace.equals(found.group(1))) {
      return null;
    }
    String name = found.group(2);
    return name != null && NAME.matcher(name).matches() ? name : null;
  }

  private static @Nullable String name(Pattern pattern, Refusal refusal) {
    Matcher found = pattern.matcher(refusal.message());
    if (!found.find()) {
      return null;
    }
    String name = found.group(1);
    return name != null && NAME.matcher(name).matches() ? name : null;
  }
}
