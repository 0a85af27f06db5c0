package dev.rekey.kubernetes;

import dev.rekey.service.port.OutsideFault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends one request, waits, and reads its answer as a stream. */
final class Exchange {
  private final WireFaults faults;
  private final InstantSource clock;

  /** Reads a body while it arrives. */
  interface BodyReader<T> {
    T read(InputStream body) throws IOException;
  }

  /** Finds the answer in a refusal that is one. */
  interface RefusalReader<T> {
    /** Null if it is a fault and no more. */
    @Nullable T read(Refusal refusal, OutsideFault fault);
  }

  Exchange(Endpoint endpoint) {
    this.faults = new WireFaults(endpoint.toString());
    this.clock = endpoint.clock();
  }

  /**
   * @throws OutsideFault for anything but a whole answer with the status code 200
   */
  <T> T read(OkHttpClient http, Asked asked, Request request, BodyReader<T> reader) {
    return read(http, asked, request, reader, (refusal, fault) -> null);
  }

  /**
   * The same, where a refusal may be an answer too.
   *
   * @throws OutsideFault for anything but a whole answer with the status code 200, and a refusal
   *     that is an answer
   */
  <T> T read(
      OkHttpClient http,
      Asked asked,
      Request request,
      BodyReader<T> reader,
      RefusalReader<T> refused) {
    try (Response response = http.newCall(request).execute()) {
      return body(asked, response, reader, refused);
    } catch (IOException failure) {
      throw faults.ofFailure(asked, failure);
    }
  }

  private <T> T body(
      Asked asked, Response response, BodyReader<T> reader, RefusalReader<T> refused) {
    try (InputStream body = response.body().byteStream()) {
      if (response.code() == 200) {
        return reader.read(body);
      }
      Duration retryAfter = RetryAfter.parse(SentOnce.retryAfter(response), clock.instant());
      Refusal refusal = Refusal.read(body);
      OutsideFault fault = faults.ofRefusal(asked, response.code(), refusal, retryAfter);
      T answer = refused.read(refusal, fault);
      if (answer == null) {
        throw fault;
      }
      return answer;
    } catch (IOException failure) {
      throw faults.ofBody(asked, failure);
    }
  }

  WireFaults faults() {
    return faults;
  }
}
