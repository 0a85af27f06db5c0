package dev.rekey.aks;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Lets no answer of success pass for a page of a list that isn't one: to Azure's typed client any
 * JSON object is a page without clusters, and a key version would be told as needed by none.
 */
final class WholePages extends HttpPipelineSyncPolicy {
  @Override
  protected HttpResponse afterReceivedResponse(
      HttpPipelineCallContext context, HttpResponse response) {
    if (Doing.isPage(context) && response.getStatusCode() < 300) {
      @Nullable BinaryData body = response.getBodyAsBinaryData();
      boolean isPage =
          ArmJson.parse(body == null ? new byte[0] : body.toBytes())
              .map(page -> page.path("value"))
              .filter(WholePages::holdsObjectsAlone)
              .isPresent();
      if (!isPage) {
        response.close();
        throw ArmFaults.malformed(Doing.of(context), "its answer is no page of a list");
      }
    }
    return response;
  }

  private static boolean holdsObjectsAlone(JsonNode value) {
    boolean all = value.isArray();
    for (JsonNode each : value) {
      all &= each.isObject();
    }
    return all;
  }
}
