package dev.elbo.studio.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExplorerPageTest {
  private static final String PAGE =
      ExplorerPage.of(TinyExplorer.content(), "a </title> & \"{script}\" $1");

  private static String only(String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(PAGE);
    assertThat(matcher.find()).isTrue();
    String found = matcher.group(1);
    assertThat(matcher.find()).isFalse();
    return found;
  }

  private static String digest(String text) throws Exception {
    return "'sha256-"
        + Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
        + "'";
  }

  @Test
  void thePolicyNamesTheOneScriptAndStyleAndNothingElse() throws Exception {
    String policy = only("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">");
    String script = only("<script type=\"module\">(.*?)</script>");
    String style = only("<style>(.*?)</style>");
    assertThat(policy)
        .isEqualTo(
            "default-src 'none'; script-src "
                + digest(script)
                + "; style-src "
                + digest(style)
                + "; img-src data: blob:; base-uri 'none'; form-action 'none'");
  }

  @Test
  void nothingIsFetchedFromAnywhere() {
    assertThat(PAGE)
        .doesNotContain("XMLHttpRequest", "@import", "url(")
        .doesNotContainPattern("(?<![#\\w])fetch\\(");
    assertThat(PAGE).doesNotContainPattern("(src|href)=\"(?!data:|#)");
    assertThat(PAGE.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://");
  }

  @Test
  void theContentIsJsonThatNoElementEndsIn() throws Exception {
    String json = only("<script type=\"application/json\" id=\"content\">(.*?)</script>");
    assertThat(json).doesNotContain("<");
    JsonNode content = new ObjectMapper().readTree(json);
    assertThat(content.get("model").get("name").asText()).isEqualTo(TinyExplorer.NAME);
    assertThat(Base64.getDecoder().decode(content.get("bytes").get("digits").asText()))
        .containsExactly(TinyExplorer.content().digits());
  }

  @Test
  void aTitleIsText() {
    assertThat(PAGE).contains("<title>a &lt;/title> &amp; &quot;{script}&quot; $1</title>");
  }
}
