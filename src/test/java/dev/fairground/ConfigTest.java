package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.sql.DatabaseAddress;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final Path HOME = Path.of("/srv/fairground");

  @Test
  void nothing_set_gives_the_embedded_database_and_the_usual_ports() {
    var config = Config.read(Map.of(), HOME);

    assertThat(config.httpPort()).isEqualTo(8080);
    assertThat(config.managementPort()).isEqualTo(9090);
    assertThat(config.managementHost()).isEqualTo("127.0.0.1");
    assertThat(config.dataDirectory()).isEqualTo(HOME.resolve("data"));
    assertThat(config.database()).isNull();
  }

  @Test
  void the_environment_wins_over_the_file(@TempDir Path directory) throws IOException {
    var file = directory.resolve("fairground.properties");
    Files.writeString(file, "FAIRGROUND_HTTP_PORT=1111\nFAIRGROUND_MANAGEMENT_PORT = 2222\n");

    var config =
        Config.read(
            Map.of("FAIRGROUND_CONFIG", file.toString(), "FAIRGROUND_HTTP_PORT", "3333"), HOME);

    assertThat(config.httpPort()).isEqualTo(3333);
    assertThat(config.managementPort()).isEqualTo(2222);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "80 80", "-1", "65536", "8080.0", "99999999999999999999", "٨"})
  void a_bad_port_is_refused_with_name_value_and_range(String value) {
    assertThatThrownBy(() -> Config.read(Map.of("FAIRGROUND_HTTP_PORT", value), HOME))
        .isInstanceOf(BadSetting.class)
        .hasMessage(
            "FAIRGROUND_HTTP_PORT is \""
                + value
                + "\", but has to be a whole number from 0 to 65535");
  }

  @Test
  void a_limit_is_read_by_its_name_within_its_bounds() {
    var config = Config.read(Map.of("FAIRGROUND_MAX_TOKENS", " 40 "), HOME);

    assertThat(config.number("FAIRGROUND_MAX_TOKENS", 2000, 1, 1_000_000)).isEqualTo(40);
    assertThat(config.number("FAIRGROUND_MAX_DEPTH", 12, 1, 100)).isEqualTo(12);
    assertThatThrownBy(() -> config.number("FAIRGROUND_MAX_TOKENS", 2000, 41, 100))
        .hasMessageContaining("from 41 to 100");
  }

  @Test
  void a_name_that_nobody_asks_for_is_told() {
    var config = Config.read(Map.of("FAIRGROUND_HTTP_PROT", "1", "PATH", "/bin"), HOME);

    assertThat(config.settings().unasked()).containsExactly("FAIRGROUND_HTTP_PROT");
  }

  @Test
  void a_file_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> Config.read(Map.of("FAIRGROUND_CONFIG", "/nowhere/at-all"), HOME))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("/nowhere/at-all");
  }

  @Test
  void a_database_url_is_decoded() {
    var url = "postgres://m%C3%A4x:p%40ss%2Fw+rd@my_db:6543/fair%20ground?sslmode=verify-full";

    var address = address(url);

    assertThat(address.user()).isEqualTo("mäx");
    assertThat(address.password()).isEqualTo("p@ss/w+rd");
    assertThat(address.host()).isEqualTo("my_db");
    assertThat(address.port()).isEqualTo(6543);
    assertThat(address.name()).isEqualTo("fair ground");
    assertThat(address.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://user:secret@host/name,host,5432",
    "postgresql://user:secret@[::1]:5433/name,::1,5433",
    "postgresql://user@127.0.0.1/name,127.0.0.1,5432"
  })
  void host_and_port_are_found(String url, String host, int port) {
    var address = address(url);

    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://user:secret@host/name",
        "postgresql://host/name",
        "postgresql://user:secret@host",
        "postgresql://user:secret@host/",
        "postgresql://user:secret@host:99999/name",
        "postgresql://user:secret@host/name?sslmode=maybe",
        "postgresql://user:secret@host/name?options=-c",
        "postgresql://user:sec ret@host/name",
        "postgresql://user:secret@host/name/more"
      })
  void a_bad_database_url_is_refused_without_showing_the_password(String url) {
    assertThatThrownBy(() -> Config.read(Map.of("FAIRGROUND_DATABASE_URL", url), HOME))
        .isInstanceOf(BadSetting.class)
        .hasMessageStartingWith("FAIRGROUND_DATABASE_URL ")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("sec ret");
  }

  @Test
  void a_config_that_is_printed_shows_no_password() {
    var url = "postgresql://user:secret@host/name";

    var config = Config.read(Map.of("FAIRGROUND_DATABASE_URL", url), HOME);

    assertThat(config.toString()).contains("user@host").doesNotContain("secret");
  }

  private static DatabaseAddress address(String url) {
    return Objects.requireNonNull(
        Config.read(Map.of("FAIRGROUND_DATABASE_URL", url), HOME).database());
  }
}
