package dev.rekey.app;

/** Which release this is. */
public final class Release {
  private Release() {}

  /** The version from the archive's manifest; {@code dev} when run from the sources. */
  public static String version() {
    String version = Release.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
