package dev.rekey.kubernetes;

import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A network interceptor that lets requests go over one connection only, the first's. Behind a load
 * balancer a second connection can lead to another API server, and then a probe would say of one
 * what another did.
 */
final class OneConnection implements Interceptor {
  private @Nullable Connection first;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection used = chain.connection();
    if (used == null || (first != null && first != used)) {
      throw new ConnectionChanged();
    }
    first = used;
    return chain.proceed(chain.request());
  }
}
