package dev.rekey.testbed.functionshost.worker;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.Map;

/**
 * A request as a function gets it.
 *
 * @param headers names in lower case
 * @param queryParameters without empty values
 * @param body a text or null; inside an {@code Optional} where the parameter asks for one
 */
public record ReceivedRequest(
    HttpMethod method,
    URI uri,
    Map<String, String> headers,
    Map<String, String> queryParameters,
    Object body)
    implements HttpRequestMessage<Object> {

  ReceivedRequest withBody(Object other) {
    return new ReceivedRequest(method, uri, headers, queryParameters, other);
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public HttpMethod getHttpMethod() {
    return method;
  }

  @Override
  public Map<String, String> getHeaders() {
    return headers;
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return queryParameters;
  }

  @Override
  public Object getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new GivenResponse().status(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new GivenResponse().status(status);
  }
}
