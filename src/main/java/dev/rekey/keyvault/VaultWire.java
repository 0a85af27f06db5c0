package dev.rekey.keyvault;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import dev.rekey.service.port.OutsideFault;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Names what the wire does where nothing else can fail: in front of the client's own tries, and
 * with the whole answer read behind it. Further out the client's parser throws exceptions of input
 * and output too, and an answer that can't be understood would pass for one that never came.
 */
final class VaultWire implements HttpPipelinePolicy {
  private final String vaultHost;

  VaultWire(String vaultHost) {
    this.vaultHost = vaultHost;
  }

  @Override
  public HttpPipelinePosition getPipelinePosition() {
    return HttpPipelinePosition.PER_CALL;
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    context.setData("azure-eagerly-read-response", true);
    try {
      return next.processSync();
    } catch (RuntimeException failure) {
      throw named(failure);
    }
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    context.setData("azure-eagerly-read-response", true);
    return next.process().onErrorMap(RuntimeException.class, this::named);
  }

  /** That there is no token can have to do with the wire as well, but with another one. */
  private RuntimeException named(RuntimeException failure) {
    boolean hasItsName =
        failure instanceof OutsideFault || failure instanceof HttpResponseException;
    @Nullable OutsideFault fault = hasItsName ? null : VaultFaults.ofWire(vaultHost, failure);
    return fault == null ? failure : fault;
  }
}
