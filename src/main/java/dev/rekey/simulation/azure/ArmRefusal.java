package dev.rekey.simulation.azure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** ARM refuses a request: what it puts into the answer, whoever asks. */
public final class ArmRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who the simulated caller is. */
  private static final String CLIENT = "00000000-0000-0000-0000-00000000000c";

  private final int status;
  private final String code;
  private final @Nullable Duration retryAfter;
  private final @Nullable MissingRight missingRight;

  /**
   * A right that the caller lacks.
   *
   * @param action such as {@code Microsoft.ContainerService/managedClusters/write}
   * @param scope the ARM id of what it is needed on
   */
  public record MissingRight(String action, String scope) {}

  private ArmRefusal(
      int status,
      String code,
      String message,
      @Nullable Duration retryAfter,
      @Nullable MissingRight missingRight) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.missingRight = missingRight;
  }

  private static ArmRefusal of(int status, String code, String message) {
    return new ArmRefusal(status, code, message, null, null);
  }

  static ArmRefusal invalid(String code, String message) {
    return of(400, code, message);
  }

  static ArmRefusal notFound(String what) {
    return of(404, "ResourceNotFound", "The Resource '" + what + "' was not found.");
  }

  static ArmRefusal updating(String id) {
    return of(
        409,
        "OperationNotAllowed",
        "Operation is not allowed because there's an in progress update on '" + id + "'.");
  }

  static ArmRefusal changed(String id) {
    return of(
        412, "PreconditionFailed", "The condition set in the request header failed for " + id);
  }

  static ArmRefusal broken() {
    return of(500, "InternalServerError", "Encountered an internal server error.");
  }

  static ArmRefusal throttled(Duration retryAfter) {
    String message = "The request is being throttled.";
    return new ArmRefusal(429, "SubscriptionRequestsThrottled", message, retryAfter, null);
  }

  static ArmRefusal unauthorized(String action, String scope) {
    String message =
        "The client '%s' with object id '%s' does not have authorization to perform action '%s' over scope '%s' or the scope is invalid. If access was recently granted, please refresh your credentials."
            .formatted(CLIENT, CLIENT, action, scope);
    return new ArmRefusal(
        403, "AuthorizationFailed", message, null, new MissingRight(action, scope));
  }

  static ArmRefusal linked(String action, String scope, MissingRight linked) {
    String message =
        "The client '%s' with object id '%s' has permission to perform action '%s' on scope '%s'; however, it does not have permission to perform action '%s' on the linked scope(s) '%s' or the linked scope(s) are invalid."
            .formatted(CLIENT, CLIENT, action, scope, linked.action(), linked.scope());
    return new ArmRefusal(403, "LinkedAuthorizationFailed", message, null, linked);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** How long to stay away; null unless throttled. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** What the caller lacks; null unless that is the reason. */
  public @Nullable MissingRight missingRight() {
    return missingRight;
  }
}
