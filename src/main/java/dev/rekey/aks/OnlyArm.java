package dev.rekey.aks;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;

/**
 * Lets nothing out to another host than ARM's: addresses come from answers too (a list's next page,
 * an operation), and a token is put on whatever goes out.
 */
final class OnlyArm extends HttpPipelineSyncPolicy {
  private final ArmHost host;

  OnlyArm(ArmHost host) {
    this.host = host;
  }

  @Override
  protected void beforeSendingRequest(HttpPipelineCallContext context) {
    if (!host.owns(context.getHttpRequest().getUrl().toString())) {
      throw ArmFaults.malformed(
          Doing.of(context), "it names another host than " + host + ", which isn't asked");
    }
  }
}
