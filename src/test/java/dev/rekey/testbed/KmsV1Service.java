package dev.rekey.testbed;

import dev.rekey.simulation.key.KeyRefused;
import dev.rekey.testbed.KmsV1Messages.DecryptRequest;
import dev.rekey.testbed.KmsV1Messages.DecryptResponse;
import dev.rekey.testbed.KmsV1Messages.EncryptRequest;
import dev.rekey.testbed.KmsV1Messages.EncryptResponse;
import dev.rekey.testbed.KmsV1Messages.VersionRequest;
import dev.rekey.testbed.KmsV1Messages.VersionResponse;
import io.grpc.ServerServiceDefinition;

/** KMS v1: no key id anywhere, and a data key and an Encrypt call for each write. */
interface KmsV1Service {
  VersionResponse version();

  EncryptResponse encrypt(EncryptRequest request) throws KeyRefused;

  DecryptResponse decrypt(DecryptRequest request) throws KeyRefused;

  default ServerServiceDefinition definition() {
    return UnaryService.named("v1beta1.KeyManagementService")
        .with("Version", in -> new VersionRequest(), asked -> version(), VersionResponse::toBytes)
        .with("Encrypt", EncryptRequest::parse, this::encrypt, EncryptResponse::toBytes)
        .with("Decrypt", DecryptRequest::parse, this::decrypt, DecryptResponse::toBytes)
        .definition();
  }
}
