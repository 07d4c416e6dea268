// Run by ./dev lint, which says where the packages are.
const js = require("@eslint/js");
const globals = require("globals");

module.exports = [
    js.configs.recommended,
    {
        files: ["static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2024,
            sourceType: "module",
            globals: { ...globals.browser, odoo: "readonly", luxon: "readonly" },
        },
        rules: {
            curly: "error",
            "dot-notation": "error",
            eqeqeq: ["error", "always", { null: "ignore" }],
            "no-console": "error",
            "no-else-return": "error",
            "no-implicit-globals": "error",
            "no-shadow": "error",
            "no-use-before-define": ["error", { functions: false, classes: false }],
            "no-var": "error",
            "object-shorthand": ["error", "properties"],
            "prefer-const": "error",
            complexity: ["error", 16],
        },
    },
    {
        files: ["*.cjs"],
        languageOptions: { sourceType: "commonjs", globals: globals.node },
    },
];
