package dev.rekey.testbed;

import dev.rekey.simulation.key.KeyRefused;
import dev.rekey.testbed.KmsV2Messages.DecryptRequest;
import dev.rekey.testbed.KmsV2Messages.DecryptResponse;
import dev.rekey.testbed.KmsV2Messages.EncryptRequest;
import dev.rekey.testbed.KmsV2Messages.EncryptResponse;
import dev.rekey.testbed.KmsV2Messages.StatusRequest;
import dev.rekey.testbed.KmsV2Messages.StatusResponse;
import io.grpc.ServerServiceDefinition;

/** KMS v2: a key id with every answer, and one data key for many Secrets. */
interface KmsV2Service {
  StatusResponse status() throws KeyRefused;

  EncryptResponse encrypt(EncryptRequest request) throws KeyRefused;

  DecryptResponse decrypt(DecryptRequest request) throws KeyRefused;

  default ServerServiceDefinition definition() {
    return UnaryService.named("v2.KeyManagementService")
        .with("Status", in -> new StatusRequest(), asked -> status(), StatusResponse::toBytes)
        .with("Encrypt", EncryptRequest::parse, this::encrypt, EncryptResponse::toBytes)
        .with("Decrypt", DecryptRequest::parse, this::decrypt, DecryptResponse::toBytes)
        .definition();
  }
}
