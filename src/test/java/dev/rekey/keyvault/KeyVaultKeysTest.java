package dev.rekey.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import dev.rekey.key.Cloud;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.simulation.azure.http.vault.VaultService;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Azure's client and HTTP between the contract and the simulated vault. */
class KeyVaultKeysTest extends VaultContract {
  private final VaultService service = new VaultService(world);
  private final SimulatedAzureHttp front = start();
  private final RedirectedTransport transport =
      new RedirectedTransport(
          HttpClient.createDefault(),
          Destinations.none().toSimulation(".vault.azure.net", front.address()));
  private final List<String> scopes = new CopyOnWriteArrayList<>();
  private final KeyVaultKeys vault =
      KeyVaultKeys.open(
          request -> {
            scopes.addAll(request.getScopes());
            return Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1)));
          },
          transport,
          Cloud.PUBLIC,
          "rekey-test");

  @Override
  Vault vault() {
    return vault;
  }

  private static SimulatedAzureHttp start() {
    try {
      return new SimulatedAzureHttp();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  {
    front.serve(".vault.azure.net", service);
  }

  @AfterEach
  void stop() {
    front.close();
  }

  @Test
  void firstCall_carriesNoTokenAndTheNextOneTheVaultsOwn() {
    // The client remembers a vault's challenge for the whole process.
    VaultKey elsewhere = new VaultKey("never-asked-before.vault.azure.net", "etcd");
    world.createVersion(elsewhere);

    vault.versions(elsewhere);

    assertThat(service.requests().get(0).header("Authorization")).isNull();
    assertThat(service.requests().get(1).header("Authorization")).isEqualTo("Bearer token");
    assertThat(scopes).containsOnly("https://vault.azure.net/.default");
  }

  @Test
  void hostIsNoVaultOfTheCloud_nothingIsSent() {
    VaultKey foreign = new VaultKey("example.vault.azure.net.evil.example", "etcd");

    assertFault(OutsideFault.Kind.REJECTED, () -> vault.versions(foreign), ".vault.azure.net");
    assertFault(OutsideFault.Kind.REJECTED, () -> vault.rotate(foreign), ".vault.azure.net");

    assertThat(transport.requests()).isEmpty();
    assertThat(scopes).isEmpty();
  }

  @Test
  void answerToARotationIsLost_itIsUnknownAndOneVersionWasMade() {
    world.createVersion(KEY);
    transport.loseNextAnswer(
        request ->
            request.getHttpMethod() == HttpMethod.POST
                && request.getHeaders().getValue("Authorization") != null);

    assertFault(OutsideFault.Kind.UNREACHABLE, () -> vault.rotate(KEY), KEY.vaultHost());

    assertThat(world.versions(KEY)).hasSize(2);
    assertThat(world.calls().rotations()).isEqualTo(1);
  }

  @Test
  void connectionClosesOnARotation_itIsSentOnce() {
    world.createVersion(KEY);
    vault.versions(KEY);
    service.loseNextAnswer();

    assertFault(OutsideFault.Kind.UNREACHABLE, () -> vault.rotate(KEY), KEY.vaultHost());

    assertThat(world.calls().rotations()).isEqualTo(1);
  }

  @Test
  void vaultSpeaksOfAnotherKey_isNotBelieved() {
    front.serve(
        ".vault.azure.net",
        request ->
            AzureAnswer.json(
                200,
                "{\"value\":[{\"kid\":\"https://other.vault.azure.net/keys/etcd/1\","
                    + "\"attributes\":{\"enabled\":true,\"created\":1,\"updated\":1}}]}"));

    assertFault(OutsideFault.Kind.MALFORMED, () -> vault.versions(KEY), KEY.vaultHost());
  }

  @Test
  void policyHasAnActionOfAnotherKind_isNotTakenForNone() {
    front.serve(
        ".vault.azure.net",
        request ->
            AzureAnswer.json(
                200,
                "{\"id\":\"x\",\"lifetimeActions\":[{\"trigger\":{\"timeBeforeExpiry\":\"P30D\"},"
                    + "\"action\":{\"type\":\"Explode\"}}]}"));

    assertFault(OutsideFault.Kind.MALFORMED, () -> vault.rotationPolicy(KEY), "rotation policy");
  }

  @Test
  void accessPolicyLacksAPermission_itIsNamed() {
    refuse(
        "The user, group or application 'appid=1' does not have keys list permission on key vault 'example;location=westeurope'.",
        "AccessDenied");

    assertFault(OutsideFault.Kind.FORBIDDEN, () -> vault.versions(KEY), "key permission list");
  }

  @Test
  void firewallRefuses_theRemedyIsNamed() {
    refuse(
        "Client address is not authorized and caller is not a trusted service.",
        "ForbiddenByFirewall");

    assertFault(OutsideFault.Kind.FORBIDDEN, () -> vault.versions(KEY), "refuses this network");
  }

  @Test
  void vaultFailsOnce_aReadIsTriedAgain() {
    world.createVersion(KEY);
    int[] failures = {1};
    front.serve(
        ".vault.azure.net",
        request ->
            request.header("Authorization") != null && failures[0]-- > 0
                ? AzureAnswer.json(500, "{}")
                : service.answer(request));

    assertThat(vault.versions(KEY)).hasSize(1);
  }

  @Test
  void noTokenIsToBeHad_isSaid() {
    world.createVersion(KEY);
    KeyVaultKeys without =
        KeyVaultKeys.open(
            request ->
                Mono.error(
                    new com.azure.core.exception.ClientAuthenticationException(
                        "no identity", null)),
            transport,
            Cloud.PUBLIC,
            "rekey-test");

    assertFault(OutsideFault.Kind.UNAUTHENTICATED, () -> without.versions(KEY), "credential");
  }

  private void refuse(String message, String inner) {
    front.serve(
        ".vault.azure.net",
        request ->
            AzureAnswer.json(
                403,
                "{\"error\":{\"code\":\"Forbidden\",\"message\":\""
                    + message
                    + "\",\"innererror\":{\"code\":\""
                    + inner
                    + "\"}}}"));
  }
}
