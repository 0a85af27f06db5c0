package dev.rekey.operation.preflight;

/**
 * A private endpoint's connection to a vault.
 *
 * @param endpointId the private endpoint's ARM id
 * @param status such as {@code Approved} or {@code Pending}
 */
public record PrivateConnection(String endpointId, String status) {

  boolean isApproved() {
    return status.equalsIgnoreCase("Approved");
  }
}
