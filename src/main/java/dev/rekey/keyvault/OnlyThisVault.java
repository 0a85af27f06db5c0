package dev.rekey.keyvault;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import dev.rekey.service.port.OutsideFault;
import java.net.URL;
import java.time.Duration;

/**
 * Lets nothing out to another place than the one vault (promise K9): where a list's next page lies
 * comes from an answer, and a token is put on whatever goes out. It also bounds the wait for each
 * answer.
 */
final class OnlyThisVault extends HttpPipelineSyncPolicy {
  private final String vaultHost;
  private final Duration patience;

  OnlyThisVault(String vaultHost, Duration patience) {
    this.vaultHost = vaultHost;
    this.patience = patience;
  }

  /** Before the client's own policy that adds the token. */
  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }

  @Override
  protected void beforeSendingRequest(HttpPipelineCallContext context) {
    URL address = context.getHttpRequest().getUrl();
    boolean thisVault =
        address.getProtocol().equals("https") && address.getAuthority().equals(vaultHost);
    if (!thisVault) {
      throw VaultFaults.fault(
          OutsideFault.Kind.MALFORMED,
          "the vault " + vaultHost + " names another place to go on at, which isn't asked");
    }
    context.setData("azure-response-timeout", patience);
  }
}
