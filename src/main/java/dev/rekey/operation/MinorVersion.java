package dev.rekey.operation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of Kubernetes without its patch, such as 1.27. */
public record MinorVersion(int major, int minor) implements Comparable<MinorVersion> {
  /** From here on AKS turns on KMS v2. */
  public static final MinorVersion FIRST_WITH_KMS_V2 = new MinorVersion(1, 27);

  /** From here on each API server keeps a lease that tells that it lives. */
  public static final MinorVersion FIRST_WITH_LEASES = new MinorVersion(1, 26);

  private static final Pattern KUBERNETES = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\.\\d+)?");

  /**
   * Reads a version such as {@code 1.26.15} or {@code 1.26}; empty if it is none.
   *
   * @param text what ARM shows
   */
  public static Optional<MinorVersion> of(@Nullable String text) {
    Matcher version = KUBERNETES.matcher(text == null ? "" : text);
    return version.matches()
        ? Optional.of(
            new MinorVersion(
                Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))))
        : Optional.empty();
  }

  /** Whether turning KMS on gives KMS v2 there. */
  public boolean hasKmsV2() {
    return compareTo(FIRST_WITH_KMS_V2) >= 0;
  }

  /** The one that an upgrade leads to: AKS goes one minor version at a time. */
  public MinorVersion next() {
    return new MinorVersion(major, minor + 1);
  }

  @Override
  public int compareTo(MinorVersion other) {
    int majors = Integer.compare(major, other.major);
    return majors == 0 ? Integer.compare(minor, other.minor) : majors;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
