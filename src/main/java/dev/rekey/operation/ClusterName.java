package dev.rekey.operation;

import java.util.regex.Pattern;

/**
 * The short stable name of a cluster, as lists show it and commands take it: lower-case letters,
 * digits, dots and hyphens, at most 100. It serves as a storage partition key too.
 */
public record ClusterName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");

  public ClusterName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a cluster's name has lower-case letters, digits, dots and hyphens only, at most 100");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
