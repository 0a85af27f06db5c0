package dev.rekey.aks;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Lets through of a list's page what is looked for there: the clusters' ids and where the next page
 * is. Azure's typed client must not see more:
 *
 * <ul>
 *   <li>To it any JSON object is a page without clusters, and a key version would be told as needed
 *       by none.
 *   <li>A list where it expects a text leads it to read on behind the end for ever.
 *   <li>A next page that is no address ends in exceptions of its own.
 * </ul>
 */
final class PagesOfIds extends HttpPipelineSyncPolicy {
  private static final String NEXT = "nextLink";

  private final ArmHost host;

  PagesOfIds(ArmHost host) {
    this.host = host;
  }

  @Override
  protected HttpResponse afterReceivedResponse(
      HttpPipelineCallContext context, HttpResponse response) {
    if (!Doing.isPage(context) || response.getStatusCode() >= 300) {
      return response;
    }
    @Nullable BinaryData body = response.getBodyAsBinaryData();
    return new OtherBody(
        response,
        ArmJson.bytes(page(Doing.of(context), body == null ? new byte[0] : body.toBytes())));
  }

  private ObjectNode page(String doing, byte[] body) {
    ObjectNode page =
        ArmJson.parse(body)
            .filter(object -> object.path("value").isArray())
            .orElseThrow(() -> ArmFaults.malformed(doing, "its answer is no page of a list"));
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = kept.putArray("value");
    for (JsonNode each : page.path("value")) {
      ids.addObject().put("id", each.path("id").textValue());
    }
    return kept.put(NEXT, next(doing, page.path(NEXT)));
  }

  private @Nullable String next(String doing, JsonNode next) {
    if (next.isMissingNode() || next.isNull() || "".equals(next.textValue())) {
      return null;
    }
    String address = next.textValue();
    if (address == null || !host.owns(address)) {
      throw ArmFaults.malformed(
          doing, "its next page is no address of " + host + ", so nobody is asked");
    }
    return address;
  }
}
