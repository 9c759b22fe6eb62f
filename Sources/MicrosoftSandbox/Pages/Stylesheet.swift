/// The one stylesheet: warm and sandy, unlike both Microsoft's pages and the product's.
enum Stylesheet {
    static let css = """
        :root {
          color-scheme: light dark;
          --paper: #f4eee3; --surface: #fffdf8; --line: #d9cfbd; --edge: #8d8069; --ink: #2a2622; --quiet: #625a4e;
          --accent: #7a4510; --on-accent: #ffffff; --ribbon: #f2cf7e; --on-ribbon: #3a2a05; --bad: #a3261b;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #191713; --surface: #23201b; --line: #3f392f; --edge: #85796a; --ink: #ece6db; --quiet: #b8ad9c;
            --accent: #e6b566; --on-accent: #241a06; --ribbon: #4a3a14; --on-ribbon: #f7e3b0; --bad: #ff9a8d;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        header { padding: 8px 16px; background: var(--ribbon); color: var(--on-ribbon); text-align: center;
          font-weight: 600; border-bottom: 2px dashed var(--edge); }
        main { margin: 24px auto 48px; padding: 24px; background: var(--surface); border: 1px solid var(--line);
          border-radius: 6px; }
        main.narrow { max-width: 440px; }
        main.wide { max-width: 1120px; }
        h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; font-weight: 600; }
        h2 { margin: 32px 0 8px; font-size: 19px; line-height: 1.3; font-weight: 600; }
        p { margin: 0 0 12px; }
        .quiet { color: var(--quiet); font-size: 14px; }
        code { font: 0.9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
        strong { overflow-wrap: anywhere; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .problem { padding: 8px 12px; border: 1px solid var(--bad); border-left-width: 6px; border-radius: 6px;
          color: var(--bad); overflow-wrap: anywhere; }
        label { display: block; margin: 12px 0 4px; font-weight: 600; }
        input, select { width: 100%; min-height: 40px; padding: 6px 10px; font: inherit; color: inherit;
          background: var(--paper); border: 1px solid var(--edge); border-radius: 6px; }
        button { min-height: 40px; padding: 6px 16px; font: inherit; font-weight: 600; color: var(--accent);
          background: transparent; border: 1px solid var(--accent); border-radius: 6px; cursor: pointer; }
        button.primary { color: var(--on-accent); background: var(--accent); }
        .buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 20px 0 12px; }
        .permissions { margin: 0 0 16px; padding: 0; list-style: none; border-top: 1px solid var(--line); }
        .permissions li { padding: 8px 0; border-bottom: 1px solid var(--line); }
        .tick { display: grid; grid-template-columns: 24px 1fr; gap: 4px 8px; align-items: center; margin: 0 0 12px; }
        .tick input { width: 24px; min-height: 24px; margin: 0; accent-color: var(--accent); }
        .tick label { margin: 0; }
        .tick p { grid-column: 2; margin: 0; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 16px; }
        dt { color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; }
        table { width: 100%; margin: 0 0 12px; border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: 8px 12px 8px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        th { font-size: 14px; color: var(--quiet); font-weight: 600; }
        .row { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin: 0 0 20px; }
        .row > div { flex: 0 1 184px; }
        .row > div:is(:only-of-type, :has([type=email])) { flex-basis: 320px; }
        .row label { margin-top: 0; }
        @media (max-width: 640px) {
          thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
          table, tbody, tr { display: block; }
          tr { padding: 8px 0; border-bottom: 1px solid var(--line); }
          td { display: grid; grid-template-columns: 96px minmax(0, 1fr); gap: 8px; padding: 2px 0;
            border: 0; overflow-wrap: anywhere; }
          td:has(> div:empty) { display: none; }
          td::before { content: attr(data-label); color: var(--quiet); font-size: 14px; }
          main { margin: 0; padding: 16px; border-width: 0; border-radius: 0; }
          .row > div { flex-grow: 1; }
          dl { grid-template-columns: 1fr; }
          dd { margin-bottom: 8px; }
        }

        """

    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
        <path fill="#b5792a" d="M1 13 6 4l3 5 2-3 4 7z"/></svg>
        """
}
