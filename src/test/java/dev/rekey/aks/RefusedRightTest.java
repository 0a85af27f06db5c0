package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedRightTest {
  private static final String CLUSTER =
      "/subscriptions/be897230-b9c9-4a72-a711-3cd92b189e70/resourceGroups/MC_Cards_API-us-east"
          + "/providers/Microsoft.ContainerService/managedClusters/prod";
  private static final String IDENTITY =
      "/subscriptions/be897230-b9c9-4a72-a711-3cd92b189e70/resourcegroups/Cards"
          + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";
  private static final String CLIENT =
      "The client 'd7586b94-0a56-43cc-b3f4-4e91d133fe67' with object id"
          + " 'd7586b94-0a56-43cc-b3f4-4e91d133fe67' ";
  private static final String ASSIGN =
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

  @Test
  void authorizationFailed_namesActionAndScope() {
    String message =
        CLIENT
            + "does not have authorization to perform action"
            + " 'Microsoft.ContainerService/managedClusters/write' over scope '"
            + CLUSTER
            + "' or the scope is invalid. If access was recently granted, please refresh your"
            + " credentials.";

    assertThat(RefusedRight.in(message))
        .contains(new RefusedRight("Microsoft.ContainerService/managedClusters/write", CLUSTER));
  }

  @Test
  void scopeMayBeASubscription() {
    String message =
        "does not have authorization to perform action"
            + " 'Microsoft.ContainerService/managedClusters/read' over scope"
            + " '/subscriptions/be897230-b9c9-4a72-a711-3cd92b189e70' or";

    assertThat(RefusedRight.in(message))
        .map(RefusedRight::scope)
        .contains("/subscriptions/be897230-b9c9-4a72-a711-3cd92b189e70");
  }

  @Test
  void linkedAuthorizationFailed_namesWhatIsLackedAndNotWhatIsThere() {
    assertThat(RefusedRight.in(linked("action '" + ASSIGN + "'", IDENTITY + "mic_1")))
        .contains(new RefusedRight(ASSIGN, IDENTITY + "mic_1"));
  }

  @Test
  void severalActionsAndScopes_giveTheFirstPair() {
    String actions = "action(s) '" + ASSIGN + "," + ASSIGN + "'";

    assertThat(RefusedRight.in(linked(actions, IDENTITY + "one," + IDENTITY + "two")))
        .contains(new RefusedRight(ASSIGN, IDENTITY + "one"));
  }

  @Test
  void sentence_namesTheRole() {
    assertThat(new RefusedRight(ASSIGN, IDENTITY + "one").sentence())
        .contains(ASSIGN, IDENTITY + "one", "Managed Identity Operator");
    assertThat(new RefusedRight("Microsoft.Other/things/act/action", CLUSTER).sentence())
        .contains("a role that holds this action");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "does not have authorization to perform action 'rm -rf' over scope '/subscriptions/x'",
        "does not have authorization to perform action 'Microsoft.A/b' over scope"
            + " '/subscriptions/be897230-b9c9-4a72-a711-3cd92b189e70/<script>'",
        "does not have authorization to perform action 'Microsoft.A/b' over scope 'c'"
      })
  void anythingElse_isNotQuoted(String message) {
    assertThat(RefusedRight.in(message)).isEmpty();
  }

  @Test
  void hugeMessage_isLookedAtInPart() {
    assertThat(RefusedRight.in("does not have authorization ".repeat(100_000))).isEmpty();
  }

  private static String linked(String action, String scopes) {
    return CLIENT
        + "has permission to perform action 'Microsoft.ContainerService/managedClusters/write' on"
        + " scope '"
        + CLUSTER
        + "'; however, it does not have permission to perform "
        + action
        + " on the linked scope(s) '"
        + scopes
        + "' or the linked scope(s) are invalid.";
  }
}
