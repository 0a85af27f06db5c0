package dev.rekey.testbed;

import java.util.UUID;

/**
 * A user that the API servers know by a token. The token is random, so that a leak shows.
 *
 * @param group {@code system:masters} may do everything
 */
public record Account(String name, String group, String token) {
  static Account admin() {
    return new Account("admin", "system:masters", UUID.randomUUID().toString());
  }

  /** The product's own user: it may do what its role says, and nothing else. */
  static Account rekey() {
    return new Account("rekey", "rekey-users", UUID.randomUUID().toString());
  }

  /** A line of the API server's token file: token, user, uid, groups. */
  String line() {
    return "%s,%s,%s,\"%s\"%n".formatted(token, name, name, group);
  }
}
