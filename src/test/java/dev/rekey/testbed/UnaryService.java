package dev.rekey.testbed;

import com.google.protobuf.CodedInputStream;
import dev.rekey.simulation.key.KeyRefused;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A gRPC service whose methods take one request and give one answer, without generated code. */
final class UnaryService {
  private final String name;
  private final ServerServiceDefinition.Builder definition;

  private UnaryService(String name) {
    this.name = name;
    this.definition = ServerServiceDefinition.builder(name);
  }

  interface Parser<T> {
    T parse(CodedInputStream in) throws IOException;
  }

  interface Body<Q, A> {
    A answer(Q request) throws KeyRefused;
  }

  /**
   * @param name with its package, as its file for protoc has it
   */
  static UnaryService named(String name) {
    return new UnaryService(name);
  }

  <Q, A> UnaryService with(
      String method, Parser<Q> request, Body<Q, A> body, Function<A, byte[]> response) {
    definition.addMethod(
        MethodDescriptor.<Q, A>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(name, method))
            .setRequestMarshaller(new RequestMarshaller<>(request))
            .setResponseMarshaller(new ResponseMarshaller<>(response))
            .build(),
        ServerCalls.asyncUnaryCall((asked, out) -> answer(asked, body, out)));
    return this;
  }

  ServerServiceDefinition definition() {
    return definition.build();
  }

  /** Azure's plugin returns plain Go errors, which gRPC shows as code Unknown. */
  private static <Q, A> void answer(Q request, Body<Q, A> body, StreamObserver<A> out) {
    try {
      out.onNext(body.answer(request));
      out.onCompleted();
    } catch (KeyRefused | RuntimeException e) {
      out.onError(Status.UNKNOWN.withDescription(e.getMessage()).withCause(e).asException());
    }
  }

  /** The service never writes requests. */
  private record RequestMarshaller<T>(Parser<T> parser) implements MethodDescriptor.Marshaller<T> {
    @Override
    public InputStream stream(T value) {
      throw new UnsupportedOperationException("the service only reads requests");
    }

    @Override
    public T parse(InputStream stream) {
      try {
        return parser.parse(CodedInputStream.newInstance(stream));
      } catch (IOException e) {
        throw Status.INTERNAL.withDescription("not this method's request").asRuntimeException();
      }
    }
  }

  /** The service never reads responses. */
  private record ResponseMarshaller<T>(Function<T, byte[]> writer)
      implements MethodDescriptor.Marshaller<T> {
    @Override
    public InputStream stream(T value) {
      return new ByteArrayInputStream(writer.apply(value));
    }

    @Override
    public T parse(InputStream stream) {
      throw new UnsupportedOperationException("the service only writes responses");
    }
  }
}
