package dev.rekey.operation.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the parts of a new cluster are called.
 *
 * @param cluster the cluster
 * @param resourceGroup the resource group that holds all of it
 * @param location the region's short name, such as {@code westeurope}
 * @param vault the key vault; its name is unique in all of Azure
 * @param key the key in the vault
 * @param identity the cluster's user-assigned identity
 */
public record Names(
    String cluster,
    String resourceGroup,
    String location,
    String vault,
    String key,
    String identity) {

  /** AKS calls the nodes' group {@code MC_<group>_<cluster>_<location>}, of 80 at most. */
  private static final int LONGEST_TOGETHER = 80 - "MC___".length();

  private static final int LONGEST_DNS_PREFIX = 54;
  private static final int LONGEST_VAULT = 24;

  /**
   * Names of the kind that Azure's own guidance gives, made of the cluster's: {@code rg-…}, {@code
   * kv-…} cut to 24 characters, {@code id-…}, and {@code etcd} for the key.
   */
  public static Names of(String cluster, String location) {
    String stem = withHyphens(cluster);
    return new Names(
        cluster, "rg-" + stem, location, cut("kv-" + stem, LONGEST_VAULT), "etcd", "id-" + stem);
  }

  /** What is wrong with them, in the order of the parts. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<NameRule, String> name : byRule()) {
      name.getKey().problemWith(name.getValue()).ifPresent(problems::add);
    }
    tooLongTogether().ifPresent(problems::add);
    return problems;
  }

  /** The first part of the API server's host name: letters, digits and hyphens, at most 54. */
  String dnsPrefix() {
    return cut(withHyphens(cluster), LONGEST_DNS_PREFIX);
  }

  private List<Map.Entry<NameRule, String>> byRule() {
    return List.of(
        Map.entry(NameRule.CLUSTER, cluster),
        Map.entry(NameRule.RESOURCE_GROUP, resourceGroup),
        Map.entry(NameRule.LOCATION, location),
        Map.entry(NameRule.VAULT, vault),
        Map.entry(NameRule.KEY, key),
        Map.entry(NameRule.IDENTITY, identity));
  }

  private Optional<Problem> tooLongTogether() {
    int together = cluster.length() + resourceGroup.length() + location.length();
    if (together <= LONGEST_TOGETHER) {
      return Optional.empty();
    }
    String expected =
        "cluster, resource group and location of %d characters together, not %d, since AKS names"
            + " the nodes' resource group after all three";
    return Optional.of(
        new Problem("cluster", cluster, expected.formatted(LONGEST_TOGETHER, together)));
  }

  private static String withHyphens(String text) {
    String stem = text.replaceAll("[^a-zA-Z0-9]+", "-").replaceAll("^-|-$", "");
    return stem.isEmpty() ? "cluster" : stem;
  }

  private static String cut(String text, int length) {
    return text.substring(0, Math.min(length, text.length())).replaceAll("-$", "");
  }
}
