package dev.elbo.studio.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request.Handler;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what is refused before any route: a request that is no HTTP, or a path that is none. */
final class PlainErrors implements Handler {
  @Override
  public boolean handle(
      org.eclipse.jetty.server.Request request, Response response, Callback callback) {
    ObjectNode error =
        Json.object()
            .put("error", "request: expected one of HTTP/1.1, found one that is malformed");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.JSON.header());
    ConfiningHeaders.set(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(Json.bytes(error)), callback);
    return true;
  }
}
