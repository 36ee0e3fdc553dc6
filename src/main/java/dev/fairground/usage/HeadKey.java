package dev.fairground.usage;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The key that heads of the log are signed with: Ed25519, RFC 8032.
 *
 * @param id the first 16 digits of the SHA-256 of the public key, as it is encoded
 * @param publicKey the public half, in the DER encoding of X.509
 */
public record HeadKey(String id, PrivateKey secret, byte[] publicKey) {
  /** Bytes of a secret. */
  public static final int BYTES = 32;

  /**
   * @param secret 32 random bytes
   */
  public static HeadKey of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a secret has 32 bytes");
    }
    try {
      var publicKey = publicOf(secret).getEncoded();
      return new HeadKey(
          HexFormat.of().formatHex(MerkleTree.sha256(publicKey)).substring(0, 16),
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret)),
          publicKey);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has Ed25519", impossible);
    }
  }

  /** The JDK tells the public half only of keys that it makes: so it makes this one. */
  private static PublicKey publicOf(byte[] secret) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Given(secret));
    return generator.generateKeyPair().getPublic();
  }

  byte[] sign(byte[] message) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a key of ours signs", impossible);
    }
  }

  /** Gives the bytes that it was given. */
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Given(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] into) {
      if (into.length != bytes.length) {
        throw new IllegalStateException("a secret of another length is wanted");
      }
      System.arraycopy(bytes, 0, into, 0, into.length);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HeadKey key && Arrays.equals(publicKey, key.publicKey);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(publicKey);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "HeadKey " + id;
  }
}
