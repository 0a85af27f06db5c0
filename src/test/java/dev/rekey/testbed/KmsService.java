package dev.rekey.testbed;

import com.google.protobuf.CodedInputStream;
import dev.rekey.simulation.key.KeyRefused;
import dev.rekey.testbed.KmsMessages.DecryptRequest;
import dev.rekey.testbed.KmsMessages.DecryptResponse;
import dev.rekey.testbed.KmsMessages.EncryptRequest;
import dev.rekey.testbed.KmsMessages.EncryptResponse;
import dev.rekey.testbed.KmsMessages.StatusRequest;
import dev.rekey.testbed.KmsMessages.StatusResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The gRPC service {@code v2.KeyManagementService}: descriptors, and a seam behind each method. */
final class KmsService {
  private static final String NAME = "v2.KeyManagementService";

  /** The three methods, in plain Java. */
  interface Methods {
    StatusResponse status() throws KeyRefused;

    EncryptResponse encrypt(EncryptRequest request) throws KeyRefused;

    DecryptResponse decrypt(DecryptRequest request) throws KeyRefused;
  }

  private KmsService() {}

  static ServerServiceDefinition of(Methods methods) {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(
            method("Status", in -> new StatusRequest(), StatusResponse::toBytes),
            ServerCalls.asyncUnaryCall((request, out) -> answer(out, methods::status)))
        .addMethod(
            method("Encrypt", EncryptRequest::parse, EncryptResponse::toBytes),
            ServerCalls.asyncUnaryCall(
                (request, out) -> answer(out, () -> methods.encrypt(request))))
        .addMethod(
            method("Decrypt", DecryptRequest::parse, DecryptResponse::toBytes),
            ServerCalls.asyncUnaryCall(
                (request, out) -> answer(out, () -> methods.decrypt(request))))
        .build();
  }

  private interface Call<T> {
    T run() throws KeyRefused;
  }

  /** Azure's plugin returns plain Go errors, which gRPC shows as code Unknown. */
  private static <T> void answer(StreamObserver<T> out, Call<T> call) {
    try {
      out.onNext(call.run());
      out.onCompleted();
    } catch (KeyRefused | RuntimeException e) {
      out.onError(Status.UNKNOWN.withDescription(e.getMessage()).withCause(e).asException());
    }
  }

  private interface Parser<T> {
    T parse(CodedInputStream in) throws IOException;
  }

  private static <Q, A> MethodDescriptor<Q, A> method(
      String name, Parser<Q> request, Function<A, byte[]> response) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
        .setRequestMarshaller(new RequestMarshaller<>(request))
        .setResponseMarshaller(new ResponseMarshaller<>(response))
        .build();
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
