package dev.fairground.sql;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates of a database are believed: those of the Java trust store, if any are asked.
 */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /** As libpq means the modes: only the two "verify" modes look at the certificate. */
  static ClientSSLOptions sslOptions(SslMode mode) {
    return switch (mode) {
      case DISABLE, ALLOW, PREFER, REQUIRE -> new ClientSSLOptions().setTrustAll(true);
      case VERIFY_CA -> new ClientSSLOptions().setTrustOptions(javaTrustStore());
      case VERIFY_FULL ->
          new ClientSSLOptions()
              .setTrustOptions(javaTrustStore())
              .setHostnameVerificationAlgorithm("HTTPS");
    };
  }

  private static TrustOptions javaTrustStore() {
    @Nullable KeyStore theDefault = null;
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(theDefault);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the Java trust store cannot be read", broken);
    }
  }
}
