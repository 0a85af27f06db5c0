package dev.rekey.app.functions;

import java.util.Arrays;
import java.util.Optional;

/** The settings of our own. Another name that begins like them is a misspelt one. */
enum SettingName {
  REKEY_SCOPES,
  REKEY_MODE,
  REKEY_ON_NEAR_EXPIRY,
  REKEY_ON_PREVIOUS_EXPIRY,
  REKEY_MAX_IN_FLIGHT,
  REKEY_MAX_OPERATIONS,
  REKEY_CENSUS_EVERY,
  REKEY_ALLOW_ADMIN_CERTIFICATE,
  REKEY_CLOUD,
  REKEY_AUTH_AUDIENCE,
  REKEY_AUTH_ISSUER;

  private static final String PREFIX = "REKEY_";

  /** Names every setting that looks like one of ours and isn't. */
  static void findMisspelt(Environment environment) {
    for (String name : environment.names()) {
      boolean ours = name.startsWith(PREFIX);
      if (ours && Arrays.stream(values()).noneMatch(known -> known.name().equals(name))) {
        String known = nearest(name).map(near -> "; did you mean " + near + "?").orElse("");
        environment.problem(name.replaceAll("[^A-Za-z0-9_]", "?"), "is no setting" + known);
      }
    }
  }

  private static Optional<SettingName> nearest(String name) {
    return Arrays.stream(values())
        .min((one, other) -> distance(one.name(), name) - distance(other.name(), name))
        .filter(near -> distance(near.name(), name) <= 3);
  }

  /** Levenshtein's. */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int column = 0; column <= other.length(); column++) {
      before[column] = column;
    }
    for (int row = 1; row <= one.length(); row++) {
      int[] now = new int[other.length() + 1];
      now[0] = row;
      for (int column = 1; column <= other.length(); column++) {
        int same = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        now[column] =
            Math.min(Math.min(now[column - 1], before[column]) + 1, before[column - 1] + same);
      }
      before = now;
    }
    return before[other.length()];
  }
}
