/**
 * Runs in <head> before anything is painted (a classic script, hence the block): says that scripts run, and in
 * the family corner makes the evening dark unless someone chose otherwise. A stored choice is already in the
 * markup, written by the server from the cookie.
 */
{
  const root = document.documentElement;
  root.classList.add("scripted");
  const hour = new Date().getHours();
  if (root.dataset["face"] === "family" && !root.dataset["bsTheme"] && (hour >= 19 || hour < 6)) {
    root.dataset["bsTheme"] = "dark";
    root.dataset["evening"] = "";
  }
}
