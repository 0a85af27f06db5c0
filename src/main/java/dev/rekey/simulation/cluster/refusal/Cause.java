package dev.rekey.simulation.cluster.refusal;

/** Why a request was refused, for those who need not parse the text. */
public enum Cause {
  NOT_FOUND(404, "NotFound"),
  ALREADY_EXISTS(409, "AlreadyExists"),
  /** The stored value can't be read. */
  UNDECRYPTABLE(500, "InternalError"),
  /** A new value can't be encrypted: the write state is missing or has expired. */
  UNWRITABLE(500, "InternalError"),
  DENIED_BY_POLICY(422, "Invalid"),
  DENIED_BY_WEBHOOK(403, "Forbidden"),
  WEBHOOK_UNREACHABLE(500, "InternalError"),
  INVALID(422, "Invalid"),
  FORBIDDEN(403, "Forbidden"),
  THROTTLED(429, "TooManyRequests"),
  STORAGE_REINITIALISING(429, "TooManyRequests"),
  EXPIRED_CONTINUE(410, "Expired"),
  BAD_CONTINUE(400, "BadRequest");

  private final int code;
  private final String reason;

  Cause(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** The {@code reason} of the Status object. */
  public String reason() {
    return reason;
  }
}
