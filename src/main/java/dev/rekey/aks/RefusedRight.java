package dev.rekey.aks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A right that ARM says the identity lacks. ARM names it in a sentence only, so both parts are
 * taken from there by patterns that let nothing else through.
 *
 * @param action such as {@code Microsoft.ContainerService/managedClusters/write}
 * @param scope the ARM id of what it is needed on
 */
record RefusedRight(String action, String scope) {
  /** Real sentences have less than 2 KB. */
  private static final int MOST_LOOKED_AT = 8 * 1024;

  private static final String ACTION = "(?<action>Microsoft\\.[a-z.]{1,60}(?:/[a-z]{1,80}){1,8}+)";
  private static final String SCOPE =
      "(?<scope>/subscriptions/[0-9a-f-]{36}"
          + "(?:/resourceGroups/[\\w.()-]{1,90}+)?"
          + "(?:/providers/Microsoft\\.[a-z.]{1,60}(?:/[a-z]{1,80}/[\\w.()-]{1,128}+){1,4})?)";

  /**
   * The last action and scope of each sentence: the first pair of the second is what is granted.
   */
  private static final List<Pattern> SENTENCES =
      List.of(
          sentence(
              "not have authorization to perform action '" + ACTION + "' over scope '" + SCOPE),
          sentence(
              "not have permission to perform action(?:\\(s\\))? '"
                  + ACTION
                  + "(?:,[a-z./,]{1,500})?' on the linked scope\\(s\\) '"
                  + SCOPE));

  private static final Map<String, String> ROLES =
      Map.of(
          "microsoft.managedidentity/userassignedidentities/assign/action",
          "Managed Identity Operator",
          "microsoft.containerservice/managedclusters/read",
          "Reader",
          "microsoft.containerservice/managedclusters/write",
          "Azure Kubernetes Service Contributor Role",
          "microsoft.keyvault/vaults/write",
          "Key Vault Contributor",
          "microsoft.containerservice/managedclusters/listclusterusercredential/action",
          "Azure Kubernetes Service Cluster User Role",
          "microsoft.network/virtualnetworks/subnets/join/action",
          "Network Contributor",
          "microsoft.network/privatednszones/join/action",
          "Private DNS Zone Contributor");

  private static Pattern sentence(String form) {
    // What follows a scope: its end, or the next of several.
    return Pattern.compile(form + "[,']", Pattern.CASE_INSENSITIVE);
  }

  /** Finds the right in ARM's sentence; empty if it says something else. */
  static Optional<RefusedRight> in(String message) {
    String start = message.substring(0, Math.min(message.length(), MOST_LOOKED_AT));
    return SENTENCES.stream()
        .map(sentence -> sentence.matcher(start))
        .filter(Matcher::find)
        .map(found -> new RefusedRight(found.group("action"), found.group("scope")))
        .findFirst();
  }

  /** What is missing, and what mends it. */
  String sentence() {
    String role = ROLES.get(action.toLowerCase(Locale.ROOT));
    return "the identity lacks "
        + action
        + " on "
        + scope
        + "; "
        + (role == null ? "give it a role that holds this action" : "give it the role " + role)
        + " there, which takes some minutes to come into force";
  }
}
