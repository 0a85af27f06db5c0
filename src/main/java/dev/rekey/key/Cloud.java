package dev.rekey.key;

/** An Azure cloud, known by the suffix of its vaults' host names. */
public enum Cloud {
  PUBLIC("vault.azure.net"),
  CHINA("vault.azure.cn"),
  US_GOVERNMENT("vault.usgovcloudapi.net");

  private final String vaultSuffix;

  Cloud(String vaultSuffix) {
    this.vaultSuffix = vaultSuffix;
  }

  /** The suffix without a leading dot, such as {@code vault.azure.net}. */
  public String vaultSuffix() {
    return vaultSuffix;
  }
}
