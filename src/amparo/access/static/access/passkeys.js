// Starts the passkey forms of django-allauth from data attributes, so that pages hold no script.
(function () {
  document.querySelectorAll('[data-passkey]').forEach(function (form) {
    const ids = {
      credential: form.querySelector('[name="credential"]').id,
      data: 'js_data',
    };
    const button = form.querySelector('[data-passkey-button]');
    ids[form.dataset.passkey === 'addForm' ? 'add' : form.dataset.passkey === 'loginForm' ? 'login' : 'authenticate'] = button.id;
    const passwordless = form.querySelector('[name="passwordless"]');
    if (passwordless) ids.passwordless = passwordless.id;
    window.allauth.webauthn.forms[form.dataset.passkey]({ ids: ids });
  });
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault();
    const said = document.getElementById('passkey-error');
    if (said) said.hidden = false;
  });
})();
