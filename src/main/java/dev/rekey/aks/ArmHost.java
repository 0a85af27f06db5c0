package dev.rekey.aks;

import dev.rekey.key.Cloud;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a cloud's Azure Resource Manager is: the only host that gets a token of this room.
 *
 * @param name the host's name, lower case
 * @param tokenScope what a token is asked for: outside the public cloud Azure's own clients ask for
 *     the older name of the same audience
 */
record ArmHost(String name, String tokenScope) {

  static ArmHost of(Cloud cloud) {
    return switch (cloud) {
      case PUBLIC -> new ArmHost("management.azure.com", "https://management.azure.com/.default");
      case CHINA ->
          new ArmHost(
              "management.chinacloudapi.cn", "https://management.core.chinacloudapi.cn/.default");
      case US_GOVERNMENT ->
          new ArmHost(
              "management.usgovcloudapi.net", "https://management.core.usgovcloudapi.net/.default");
    };
  }

  /**
   * Whether an address that somebody gave us is one of this host, over TLS at the usual port, and
   * nothing else.
   */
  boolean owns(String address) {
    try {
      return owns(new URI(address));
    } catch (URISyntaxException noAddress) {
      return false;
    }
  }

  private boolean owns(URI address) {
    boolean usualPort = address.getPort() == -1 || address.getPort() == 443;
    return "https".equalsIgnoreCase(address.getScheme())
        && name.equalsIgnoreCase(address.getHost())
        && address.getRawUserInfo() == null
        && usualPort;
  }

  @Override
  public String toString() {
    return name;
  }
}
