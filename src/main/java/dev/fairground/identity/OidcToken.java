package dev.fairground.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An access token of an issuer, as it was sent. The algorithms are a fixed list of asymmetric ones;
 * of the header only the algorithm, the type and the key's name are read, so that no token brings
 * its own key.
 */
final class OidcToken {
  /** How far the issuer's clock may be from ours. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final int LONGEST_SUBJECT = 255;

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Set<JOSEObjectType> TYPES =
      Set.of(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"));

  private final SignedJWT token;

  private OidcToken(SignedJWT token) {
    this.token = token;
  }

  /**
   * Reads it without trusting it.
   *
   * @throws BadCredential if it is none that could be accepted
   */
  static OidcToken read(String credential) {
    try {
      var token = SignedJWT.parse(credential);
      var header = token.getHeader();
      if (!ALGORITHMS.contains(header.getAlgorithm())) {
        throw new BadCredential("it is signed by " + header.getAlgorithm());
      }
      if (header.getType() != null && !TYPES.contains(header.getType())) {
        throw new BadCredential("it is no access token, but " + header.getType());
      }
      if (header.getCriticalParams() != null) {
        throw new BadCredential("it asks for " + header.getCriticalParams());
      }
      return new OidcToken(token);
    } catch (ParseException | IllegalArgumentException broken) {
      throw new BadCredential("it is no signed token: " + broken.getMessage());
    }
  }

  @Nullable String keyId() {
    return token.getHeader().getKeyID();
  }

  /**
   * What it says, if it is signed by one of the keys and is for us and in force. Takes up to some
   * milliseconds of a processor.
   *
   * @throws BadCredential if not
   */
  JWTClaimsSet verify(List<JWK> keys, OidcSettings settings, Instant now) {
    if (keys.stream().noneMatch(this::isSignedBy)) {
      throw new BadCredential("it is signed by no key of the issuer");
    }
    try {
      return judge(token.getJWTClaimsSet(), settings, now);
    } catch (ParseException broken) {
      throw new BadCredential("its claims cannot be read: " + broken.getMessage());
    }
  }

  private static JWTClaimsSet judge(JWTClaimsSet claims, OidcSettings settings, Instant now) {
    var subject = claims.getSubject();
    if (!settings.issuer().equals(claims.getIssuer())) {
      throw new BadCredential("its issuer is " + claims.getIssuer());
    }
    if (!claims.getAudience().contains(settings.audience())) {
      throw new BadCredential("it is for " + claims.getAudience());
    }
    if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
      throw new BadCredential("it names no subject");
    }
    var expires = claims.getExpirationTime();
    if (expires == null || !expires.toInstant().plus(SKEW).isAfter(now)) {
      throw new BadCredential("it has expired: " + expires);
    }
    var begins = claims.getNotBeforeTime();
    if (begins != null && begins.toInstant().minus(SKEW).isAfter(now)) {
      throw new BadCredential("it is not in force yet: " + begins);
    }
    return claims;
  }

  private boolean isSignedBy(JWK key) {
    var algorithm = token.getHeader().getAlgorithm();
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
      return false;
    }
    try {
      var verifier = verifier(key);
      return verifier != null
          && verifier.supportedJWSAlgorithms().contains(algorithm)
          && token.verify(verifier);
    } catch (JOSEException unfit) {
      return false;
    }
  }

  private static @Nullable JWSVerifier verifier(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> new RSASSAVerifier(rsa);
      case ECKey curve -> new ECDSAVerifier(curve);
      default -> null;
    };
  }
}
