package dev.rekey.simulation.cluster.refusal;

/** The texts of kube-apiserver 1.36.3, as seen in runs. Only names go in, never data. */
public final class Refusals {
  private static final String INTERNAL = "Internal error occurred: ";

  private Refusals() {}

  public static Refusal notFound(String secret) {
    return new Refusal(Cause.NOT_FOUND, "secrets \"" + secret + "\" not found").about(secret);
  }

  public static Refusal alreadyExists(String secret) {
    return new Refusal(Cause.ALREADY_EXISTS, "secrets \"" + secret + "\" already exists")
        .about(secret);
  }

  /** A stored value that can't be read, met by a request for this one Secret. */
  public static Refusal undecryptable(String failure) {
    return internal(Cause.UNDECRYPTABLE, failure);
  }

  /** A stored value that can't be read, met by a list. */
  public static Refusal untransformable(String path, String failure) {
    return internal(Cause.UNDECRYPTABLE, untransformableKey(path, failure)).stoppedAt(path);
  }

  public static Refusal unwritable(String failure) {
    return internal(Cause.UNWRITABLE, failure);
  }

  public static Refusal reinitialising(String path, String failure) {
    return new Refusal(
        Cause.STORAGE_REINITIALISING,
        "storage is (re)initializing: failed to list *core.Secret: "
            + untransformableKey(path, failure));
  }

  public static Refusal deniedByPolicy(String secret, String policy) {
    String denial =
        "ValidatingAdmissionPolicy '%s' with binding '%s-binding' denied request: not here"
            .formatted(policy, policy);
    return new Refusal(Cause.DENIED_BY_POLICY, "secrets \"" + secret + "\" is forbidden: " + denial)
        .about(secret)
        .by(policy)
        .because(denial);
  }

  public static Refusal deniedByWebhook(String webhook) {
    return new Refusal(
            Cause.DENIED_BY_WEBHOOK,
            "admission webhook \"" + webhook + "\" denied the request: not here")
        .by(webhook);
  }

  public static Refusal webhookUnreachable(String webhook) {
    return internal(
            Cause.WEBHOOK_UNREACHABLE,
            "failed calling webhook \"%s\": failed to call webhook: Post \"https://%s:443/?timeout=10s\": "
                    .formatted(webhook, webhook)
                + "dial tcp 10.0.0.7:443: connect: connection refused")
        .by(webhook);
  }

  public static Refusal invalid(String secret) {
    String detail = "data[.dockerconfigjson]: Required value";
    return new Refusal(Cause.INVALID, "Secret \"" + secret + "\" is invalid: " + detail)
        .about(secret)
        .because("Required value");
  }

  public static Refusal forbidden(String namespace, String secret) {
    return new Refusal(
            Cause.FORBIDDEN,
            "secrets \"%s\" is forbidden: User \"rekey\" cannot patch resource \"secrets\" "
                    .formatted(secret)
                + "in API group \"\" in the namespace \"%s\"".formatted(namespace))
        .about(secret);
  }

  public static Refusal terminating(String namespace, String secret) {
    return new Refusal(
            Cause.FORBIDDEN,
            "secrets \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                .formatted(secret, namespace))
        .about(secret);
  }

  public static Refusal throttled() {
    return new Refusal(Cause.THROTTLED, "Too many requests, please try again later.");
  }

  public static Refusal expiredContinue(String freshToken) {
    return new Refusal(
            Cause.EXPIRED_CONTINUE,
            "The provided continue parameter is too old to display a consistent list result. You"
                + " can start a new list without the continue parameter, or use the continue token"
                + " in this response to retrieve the remainder of the results. Continuing with the"
                + " provided token results in an inconsistent list - objects that were created,"
                + " modified, or deleted between the time the first chunk was returned and now may"
                + " show up in the list.")
        .goOnAt(freshToken);
  }

  public static Refusal badContinue() {
    return new Refusal(Cause.BAD_CONTINUE, "invalid continue token: continue key is not valid");
  }

  private static Refusal internal(Cause kind, String text) {
    return new Refusal(kind, INTERNAL + text).because(text);
  }

  private static String untransformableKey(String path, String failure) {
    return "unable to transform key \"" + path + "\": " + failure;
  }
}
