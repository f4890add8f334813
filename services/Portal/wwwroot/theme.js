// Runs before the first paint, so that a dark page never flashes white.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const wish = () => localStorage.getItem('theme') ?? 'system';
  const apply = () => {
    const to = wish();
    root.dataset.theme = to === 'system' ? (dark.matches ? 'dark' : 'light') : to;
    root.dataset.themeWish = to;
  };
  dark.addEventListener('change', apply);
  window.portalTheme = {
    wish,
    set: to => {
      localStorage.setItem('theme', to);
      apply();
    }
  };
  apply();
  if (localStorage.getItem('rail')) root.dataset.rail = localStorage.getItem('rail');
})();
