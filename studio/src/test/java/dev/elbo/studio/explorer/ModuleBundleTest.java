package dev.elbo.studio.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleBundleTest {
  private static String bundle(Map<String, String> files, Map<String, String> instead) {
    return ModuleBundle.of("a/main.js", files::get, instead);
  }

  @Test
  void eachModuleIsAFunctionAfterThoseItImports() {
    Map<String, String> files =
        Map.of(
            "a/main.js",
            """
            /** Starts. */
            import { twice, ONE as one } from '../b/numbers.js';
            import { Shape } from './shape.js';
            new Shape(twice(one));
            """,
            "a/shape.js",
            """
            import { ONE } from '../b/numbers.js';
            export class Shape {}
            export async function later() {}
            """,
            "b/numbers.js",
            """
            export const ONE = 1;
            export function twice(x) {
              return 2 * x;
            }
            """);
    assertThat(bundle(files, Map.of()))
        .isEqualTo(
            """
            // b/numbers.js
            const module0 = (() => {
            const ONE = 1;
            function twice(x) {
              return 2 * x;
            }
            return { ONE, twice };
            })();
            // a/shape.js
            const module1 = (() => {
            const { ONE } = module0;
            class Shape {}
            async function later() {}
            return { Shape, later };
            })();
            // a/main.js
            const module2 = (() => {
            /** Starts. */
            const { twice, ONE: one } = module0;
            const { Shape } = module1;
            new Shape(twice(one));
            return {  };
            })();
            """);
  }

  @Test
  void oneModuleTakesThePlaceOfAnother() {
    Map<String, String> files =
        Map.of(
            "a/main.js", "import { ask } from './api.js';\nask();\n",
            "c/api.js", "export const ask = () => 1;\n");
    assertThat(bundle(files, Map.of("a/api.js", "c/api.js")))
        .startsWith("// c/api.js\n")
        .contains("const { ask } = module0;");
  }

  @Test
  void whatItDoesNotUnderstandIsRefused() {
    assertRefused("import x from './b.js';", "a/main.js has an import of another form: import x");
    assertRefused("export default 1;", "a/main.js has an export of another form: export default");
    assertRefused("export { a };", "a/main.js has an export of another form: export { a };");
    assertRefused("import { none } from './b.js';", "a/main.js imports what is not exported: none");
    assertRefused(
        "import { a } from './main.js';", "a/main.js imports itself by way of [a/main.js]");
  }

  private static void assertRefused(String line, String message) {
    assertThatThrownBy(
            () ->
                bundle(Map.of("a/main.js", line + "\n", "a/b.js", "export const a = 1;"), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(message);
  }
}
